// Measures every frame of the page. The body of a function: returns one object for each frame.
const channel = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);

function parse(color) {
  const numbers = color.match(/[\d.]+/g).map(Number);
  return numbers.length === 4 ? numbers : [...numbers, 1];
}

const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));

const grounds = new Map();
function ground(view, element) {
  if (!element) return [255, 255, 255];
  if (!grounds.has(element)) {
    const own = parse(view.getComputedStyle(element).backgroundColor);
    grounds.set(element, over(own, ground(view, element.parentElement)));
  }
  return grounds.get(element);
}

function contrast(view, element) {
  const below = ground(view, element);
  const text = over(parse(view.getComputedStyle(element).color), below);
  const [light, dark] = [luminance(text), luminance(below)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function hasText(element) {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return own && element.getClientRects().length > 0;
}

const named = (e) => `${e.localName}${e.className ? "." + e.getAttribute("class") : ""}`;

return [...document.querySelectorAll("iframe")].map((frame) => {
  const view = frame.contentWindow;
  const page = frame.contentDocument;
  const root = page.documentElement;
  const all = [...page.querySelectorAll("#qa .admonki *")];
  const withText = all.filter(hasText);
  const size = (e) => parseFloat(view.getComputedStyle(e).fontSize);
  const isRaised = (e) => e.closest("sub, sup, math, mjx-container");
  const scrolls = (e) => e.scrollWidth > e.clientWidth + 1
    && ["auto", "scroll"].includes(view.getComputedStyle(e).overflowX);
  return {
    name: frame.title,
    overflow: root.scrollWidth - root.clientWidth,
    height: page.querySelector(".admonki")?.offsetHeight ?? 0,
    faint: withText.map((e) => [e, contrast(view, e)]).filter(([, ratio]) => ratio < 4.5)
      .map(([e, ratio]) => `${named(e)} ${ratio.toFixed(2)}`),
    small: withText.filter((e) => size(e) < 12 && !isRaised(e)).map((e) => `${named(e)} ${size(e)}`),
    scrolling: all.filter(scrolls).map(named),
  };
});
