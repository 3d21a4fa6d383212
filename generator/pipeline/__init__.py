"""The only place that knows the order of the stages."""

from generator.pipeline.build import Built, Identified, build, resolve
from generator.pipeline.collect import Collection, collect

__all__ = ["Built", "Collection", "Identified", "build", "collect", "resolve"]
