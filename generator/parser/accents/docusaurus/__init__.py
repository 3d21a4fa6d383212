"""Docusaurus and VuePress: containers `:::note[Title]`, and the components of pages in MDX."""

from generator.parser.accents.accent import Accent
from generator.parser.accents.docusaurus import components, containers

ACCENT = Accent((containers.RULE, components.LINE), (components.TAG,))
