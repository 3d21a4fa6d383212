// Measures every iframe of the page: sideways overflow, and text whose contrast is below 4.5.
const channel = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);

function parse(color) {
  const numbers = color.match(/[\d.]+/g).map(Number);
  return numbers.length === 4 ? numbers : [...numbers, 1];
}

function over(top, below) {
  return [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
}

function ground(view, element) {
  const chain = [];
  for (let e = element; e; e = e.parentElement) {
    chain.unshift(parse(view.getComputedStyle(e).backgroundColor));
  }
  return chain.reduce((below, top) => over(top, below), [255, 255, 255]);
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

function measure(frame) {
  const root = frame.contentDocument.documentElement;
  const faint = [...frame.contentDocument.querySelectorAll("#qa *")]
    .filter(hasText)
    .map((element) => [element, contrast(frame.contentWindow, element)])
    .filter(([, ratio]) => ratio < 4.5)
    .map(([e, ratio]) => `${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  return { name: frame.title, overflow: root.scrollWidth - root.clientWidth, faint };
}

addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map(measure);
  document.getElementById("result").textContent = JSON.stringify(found);
});
