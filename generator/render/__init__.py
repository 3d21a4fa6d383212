"""Tokens to HTML, and what the card looks like."""

from generator.render.context import FindMedia, MediaProblem, RenderContext
from generator.render.html import render_fragment
from generator.render.media import MediaFolder

__all__ = ["FindMedia", "MediaFolder", "MediaProblem", "RenderContext", "render_fragment"]
