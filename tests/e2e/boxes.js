// The boxes of each frame's card, in the order of the document: [name, left, top, width, height].
// The body of a function. Inline formulas are left out: Firefox gives them the line's height.
const SHOWN = "p, li, div, section, header, hr, pre, table, th, td, details, summary, blockquote, "
  + "dt, dd, img, ul, ol, label, input, math[display]";
const named = (e) => `${e.localName}${e.className ? "." + e.getAttribute("class") : ""}`;
const box = (e) => {
  const { left, top, width, height } = e.getBoundingClientRect();
  return [named(e), ...[left, top, width, height].map((v) => Number(v.toFixed(1)))];
};
return [...document.querySelectorAll("iframe")].map(
  (frame) => [...frame.contentDocument.querySelector(".admonki").querySelectorAll(SHOWN)].map(box));
