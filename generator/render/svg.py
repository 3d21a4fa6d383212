"""Drawings that only draw: an SVG file is read as XML, and all that it holds must be on a list.

In `<img>` an SVG runs no script and loads nothing; opened on its own (an export, a share) it does.
Searching the text is not enough: prefixes rename elements, encodings hide them, a DOCTYPE adds
attributes, an animation changes an address. So it is parsed, in UTF-8 only.
"""

import re
from typing import Final
from xml.parsers import expat

from generator.markup.names import names

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_EDITORS: Final = frozenset(
    {
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.inkscape.org/namespaces/inkscape",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
        "http://purl.org/dc/elements/1.1/",
        "http://www.serif.com/",
        "http://www.bohemiancoding.com/sketch/ns",
        "https://boxy-svg.com",
    }
)
"""Metadata of drawing programs, which browsers do not show."""

_ELEMENTS: Final = names(
    "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend "
    "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting "
    "feSpotLight feTile feTurbulence filter font font-face g glyph hkern image line "
    "linearGradient marker mask metadata missing-glyph mpath path pattern polygon polyline "
    "radialGradient rect set stop style svg switch symbol text textPath title tref tspan use view "
    "vkern"
)
_ATTRIBUTES: Final = names(
    "accent-height accumulate additive alignment-baseline amplitude ascent attributeName "
    "attributeType azimuth baseFrequency baseProfile baseline-shift begin bias by calcMode class "
    "clip clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters "
    "color-rendering content cursor cx cy d descent diffuseConstant direction display divisor "
    "dominant-baseline dur dx dy edgeMode elevation enable-background end exponent fill "
    "fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity font-family "
    "font-size font-size-adjust font-stretch font-style font-variant font-weight format from fr "
    "fx fy g1 g2 glyph-name gradientTransform gradientUnits height horiz-adv-x horiz-origin-x "
    "href hyphens id image-rendering in in2 intercept isolation k k1 k2 k3 k4 kernelMatrix "
    "kernelUnitLength kerning keyPoints keySplines keyTimes lang lengthAdjust letter-spacing "
    "lighting-color limitingConeAngle line-height marker-end marker-mid marker-start "
    "markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits max media "
    "method min mix-blend-mode mode name numOctaves offset opacity operator order orient "
    "orientation origin overflow overline-position overline-thickness paint-order path "
    "pathLength patternContentUnits patternTransform patternUnits pointer-events points "
    "pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius "
    "refX refY rel repeatCount repeatDur requiredFeatures restart result role rotate rx ry scale "
    "seed shape-rendering side slope solid-color solid-opacity spacing specularConstant "
    "specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity "
    "strikethrough-position strikethrough-thickness stroke stroke-dasharray stroke-dashoffset "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style "
    "surfaceScale systemLanguage tabindex tableValues target targetX targetY text-align "
    "text-anchor text-decoration text-indent text-rendering textLength title to transform "
    "transform-origin type u1 u2 underline-position underline-thickness unicode unicode-bidi "
    "unicode-range units-per-em values vector-effect version vert-adv-y viewBox visibility width "
    "white-space word-spacing writing-mode x x-height x1 x2 xChannelSelector y y1 y2 "
    "yChannelSelector z zoomAndPan"
)
_OF_XLINK: Final = names("actuate arcrole href role show title type")
_NAMED: Final = re.compile(r"(?:data|aria)-[a-z0-9-]+")
_LINK: Final = re.compile(r"(?:https?|mailto):[!-~]*|#.*")
_PLACE: Final = re.compile(r"#.*|")
_PICTURE: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[\sA-Za-z0-9+/=]*")
# CSS escapes could spell anything; `url` may name a place in the drawing or hold a picture or font.
# Other functions take addresses as strings.
_CSS: Final = re.compile(
    r"\\|@import|@namespace|expression|-moz-binding|behavior|javascript:"
    r"|(?:image|image-set|src|cross-fade|element|paint)\("
    r"|url\s*\(\s*(?!['\"]?\s*(?:#|data:(?:image/(?:png|jpe?g|gif|webp)|font/[a-z0-9]+"
    r"|application/(?:x-)?font[a-z0-9-]*);base64,))",
    re.IGNORECASE,
)
_PUBLIC: Final = re.compile(r"-//W3C//DTD SVG [0-9.]+(?: \w+)?//EN")
_DTD: Final = re.compile(r"https?://www\.w3\.org/[\w./-]+")
_ANIMATED: Final = re.compile(r"(?!href$|xlink:|on|style$|class$|id$)[a-z][a-zA-Z-]*")


class ActiveSvgError(ValueError):
    """A drawing holds something that is not on the list."""


def check_svg(content: bytes) -> None:
    """Check that a drawing only draws.

    Args:
        content: Of the file.

    Raises:
        ActiveSvgError: Naming the first thing that is not on a list, or why it is not XML.
    """
    _Checker().check(content)


class _Checker:
    """Looks at each event of the XML parser; memory does not grow with the drawing."""

    def __init__(self) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.XmlDeclHandler = _declared
        parser.StartDoctypeDeclHandler = _doctype
        parser.EntityDeclHandler = _entity
        parser.ProcessingInstructionHandler = _instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self._parser = parser
        self._style: list[str] | None = None
        self._has_root = False

    def check(self, content: bytes) -> None:
        """Read the whole file."""
        try:
            content.decode("utf-8")
            self._parser.Parse(content, True)
        except (UnicodeDecodeError, expat.ExpatError) as problem:
            raise ActiveSvgError(f"not XML in UTF-8: {problem}") from problem

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, element = name.rpartition(" ")
        if self._style is not None:  # a browser reads the text around it as one style
            raise ActiveSvgError(f"<{element}> in a style")
        if not self._has_root and (namespace, element) != (_SVG, "svg"):
            raise ActiveSvgError(f"<{element}> is not a drawing")
        self._has_root = True
        if namespace in _EDITORS:
            return
        if namespace != _SVG or element not in _ELEMENTS:
            raise ActiveSvgError(f"<{element}>")
        if element == "style":
            self._style = []
        for key, value in attributes.items():
            _check_attribute(element, key, value)

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, _name: str) -> None:
        if self._style is not None:  # nothing else begins, and so ends, in a style
            _check_css("".join(self._style))
            self._style = None


def _check_attribute(element: str, key: str, value: str) -> None:
    namespace, _, name = key.rpartition(" ")
    if namespace in _EDITORS or (namespace == _XML and name in ("space", "lang", "id")):
        return
    is_known = name in _OF_XLINK if namespace == _XLINK else name in _ATTRIBUTES and not namespace
    if not is_known and (namespace or not _NAMED.fullmatch(name)):
        raise ActiveSvgError(f"the attribute {name}")
    if name == "href":
        _check_address(element, value)
    elif name == "attributeName" and not _ANIMATED.fullmatch(value):
        raise ActiveSvgError(f"an animation of {value}")
    elif name != "content":
        _check_css(value)


def _check_address(element: str, value: str) -> None:
    address = value.strip()
    known = _LINK if element == "a" else _PLACE
    if known.fullmatch(address) or (element == "image" and _PICTURE.fullmatch(address)):
        return
    raise ActiveSvgError(f"the address {address[:40]}")


def _check_css(css: str) -> None:
    found = _CSS.search(css)
    if found:
        raise ActiveSvgError(f"{found[0]} in a style")


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
        raise ActiveSvgError(f"the encoding {encoding}")


def _doctype(_name: str, system: str | None, public: str | None, has_subset: int) -> None:
    """Accept only the standard DOCTYPE that drawing programs write."""
    if has_subset or not _PUBLIC.fullmatch(public or "") or not _DTD.fullmatch(system or ""):
        raise ActiveSvgError("a DOCTYPE")


def _entity(*_declared: object) -> None:
    raise ActiveSvgError("an entity")


def _instruction(target: str, _data: str) -> None:
    raise ActiveSvgError(f"the instruction <?{target}?>")
