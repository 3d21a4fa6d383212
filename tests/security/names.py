"""All elements and event handlers that browsers know: facts, collected from lists of others.

Elements: the npm packages html-tag-names 2.1, svg-tag-names 3.0 and mathml-tag-names 4.0. Handlers:
html-event-attributes 2.2, svg-event-attributes 2.0, and every `on…` property in Chromium 156.
"""

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HTML: Final = _words(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound "
    "big blink blockquote body br button canvas caption center cite code col colgroup "
    "command content data datalist dd del details dfn dialog dir div dl dt element em embed "
    "fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head "
    "header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li "
    "link listing main map mark marquee math menu menuitem meta meter multicol nav nextid "
    "nobr noembed noframes noscript object ol optgroup option output p param picture "
    "plaintext pre progress q rb rbc rp rt rtc ruby s samp script search section select "
    "shadow slot small source spacer span strike strong style sub summary sup svg table "
    "tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr "
    "xmp"
)
SVG: Final = _words(
    "a altGlyph altGlyphDef altGlyphItem animate animateColor animateMotion "
    "animateTransform animation audio canvas circle clipPath color-profile cursor defs desc "
    "discard ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA "
    "feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology "
    "feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter font "
    "font-face font-face-format font-face-name font-face-src font-face-uri foreignObject g "
    "glyph glyphRef handler hkern iframe image line linearGradient listener marker mask "
    "metadata missing-glyph mpath path pattern polygon polyline prefetch radialGradient "
    "rect script set solidColor stop style svg switch symbol tbreak text textArea textPath "
    "title tref tspan unknown use video view vkern"
)
MATHML: Final = _words(
    "abs and annotation annotation-xml apply approx arccos arccosh arccot arccoth arccsc "
    "arccsch arcsec arcsech arcsin arcsinh arctan arctanh arg bind bvar card "
    "cartesianproduct cbytes ceiling cerror ci cn codomain complexes compose condition "
    "conjugate cos cosh cot coth cs csc csch csymbol curl declare degree determinant diff "
    "divergence divide domain domainofapplication emptyset encoding eq equivalent "
    "eulergamma exists exp exponentiale factorial factorof false floor fn forall function "
    "gcd geq grad gt ident image imaginary imaginaryi implies in infinity int integers "
    "intersect interval inverse lambda laplacian lcm leq limit list ln log logbase lowlimit "
    "lt maction malign maligngroup malignmark malignscope math matrix matrixrow max mean "
    "median menclose merror mfenced mfrac mfraction mglyph mi min minus mlabeledtr mlongdiv "
    "mmultiscripts mn mo mode moment momentabout mover mpadded mphantom mprescripts mroot "
    "mrow ms mscarries mscarry msgroup msline mspace msqrt msrow mstack mstyle msub msubsup "
    "msup mtable mtd mtext mtr munder munderover naturalnumbers neq none not notanumber "
    "notin notprsubset notsubset or otherwise outerproduct partialdiff pi piece piecewice "
    "piecewise plus power primes product prsubset quotient rationals real reals reln rem "
    "root scalarproduct sdev sec sech select selector semantics sep set setdiff share sin "
    "sinh subset sum tan tanh tendsto times transpose true union uplimit var variance "
    "vector vectorproduct xor"
)
_EVENTS: Final = _words(
    "abort activate active addsourcebuffer addstream addtrack afterprint animationcancel "
    "animationend animationiteration animationstart appinstalled audioend audioprocess "
    "audiostart auxclick beforecopy beforecut beforeinput beforeinstallprompt beforematch "
    "beforepaste beforeprint beforetoggle beforeunload beforexrselect begin blocked blur "
    "boundary bufferedamountlow cancel canplay canplaythrough capturehandlechange change "
    "characterboundsupdate chargingchange chargingtimechange click clipboardchange close "
    "closing command complete compositionend compositionstart connect connecting "
    "connectionavailable connectionstatechange contentvisibilityautostatechange contextlost "
    "contextmenu contextoverflow contextrestored controllerchange copy cuechange "
    "currententrychange currentscreenchange cut dataavailable datachannel dblclick dequeue "
    "devicechange devicemotion deviceorientation deviceorientationabsolute "
    "dischargingtimechange disconnect dispose downloadprogress drag dragend dragenter "
    "dragexit dragleave dragover dragstart drop durationchange emptied encrypted end ended "
    "enter enterpictureinpicture error exit finish focus focusin focusout formdata freeze "
    "fullscreenchange fullscreenerror gamepadconnected gamepaddisconnected "
    "gatheringstatechange geometrychange gotpointercapture hashchange icecandidate "
    "icecandidateerror iceconnectionstatechange icegatheringstatechange inactive input "
    "inputreport inputsourceschange invalid keydown keypress keystatuseschange keyup "
    "languagechange leavepictureinpicture levelchange load loadeddata loadedmetadata "
    "loadend loading loadingdone loadingerror loadstart location lostpointercapture "
    "managedconfigurationchange mark message messageerror midimessage mousedown mouseenter "
    "mouseleave mousemove mouseout mouseover mouseup mousewheel mute navigate navigateerror "
    "navigatesuccess negotiationneeded nomatch offline online open pagehide pagereveal "
    "pageshow pageswap paste pause payerdetailchange paymentmethodchange play playing "
    "pointercancel pointerdown pointerenter pointerleave pointerlockchange pointerlockerror "
    "pointermove pointerout pointerover pointerrawupdate pointerup popstate "
    "prerenderingchange prioritychange processorerror progress promptaction promptdismiss "
    "ratechange reading readystatechange redraw reflectionchange rejectionhandled release "
    "remove removesourcebuffer removestream removetrack repeat reset resize "
    "resourcetimingbufferfull result resume screenschange scroll scrollend scrollsnapchange "
    "scrollsnapchanging search securitypolicyviolation seeked seeking select "
    "selectedcandidatepairchange selectend selectionchange selectstart "
    "shippingaddresschange shippingoptionchange show signalingstatechange sinkchange "
    "slotchange soundend soundstart sourceclose sourceended sourceopen speechend "
    "speechstart squeeze squeezeend squeezestart stalled start statechange stop storage "
    "stream submit success suspend terminate textformatupdate textupdate timeout timeupdate "
    "toggle tonechange track transitioncancel transitionend transitionrun transitionstart "
    "uncapturederror unhandledrejection unload unmute update updateend updatefound "
    "updatestart upgradeneeded validationstatuschange versionchange visibilitychange "
    "visibilitymaskchange voiceschanged volumechange waiting waitingforkey "
    "webkitanimationend webkitanimationiteration webkitanimationstart "
    "webkitfullscreenchange webkitfullscreenerror webkittransitionend wheel zoom "
    "zoomlevelchange"
)
HANDLERS: Final = tuple(f"on{event}" for event in _EVENTS)
