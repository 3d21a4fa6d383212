// In a page of rows, each with KaTeX's formula and ours: where the symbols of the main line stand.
// Writes JSON into #out: for each row two lists of
// [text, left, right of it and of what hangs on it, whether anything does].
const HIDDEN = ".vlist-s, .strut, .pstrut, .katex-mathml";
const OFF_LINE = ".vlist-t, .text, .sqrt, .accent, mfrac, msqrt, mroot, mtable, mtext, munder, mover, munderover";
const DRAWN = ".x-arrow, .stretchy, mover, munder, munderover, .m-pad, .m-box"; // wider than their text
const INVISIBLE = /[\s\u2061-\u2063\u200b]/g;
const TALL = "\u2195"; // marks a stretched sign
const SCRIPTS = /^m(sub|sup)/;

function isScript(node, root) {
  for (let e = node; e !== root; e = e.parentElement) {
    const inScript = SCRIPTS.test(e.parentElement.localName);
    if (inScript && e !== e.parentElement.firstElementChild) return true;
  }
  return false;
}

function leaves(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const isShown = node.data ? node.data.replace(INVISIBLE, "") : node.matches?.(DRAWN);
    if (isShown && !node.parentElement.closest(HIDDEN)) found.push(node);
  }
  return found;
}

// A word or number is one symbol; of other signs, which KaTeX joins, each is its own.
function boxes(node, isOurs) {
  if (!node.data) return [["", node.getBoundingClientRect()]];
  const text = node.data.trim();
  if (isOurs || /^[\p{L}\p{N}]+$/u.test(text)) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [[text, (isOurs ? node.parentElement : range).getBoundingClientRect()]];
  }
  return [...node.data].map((sign, index) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    return [sign, range.getBoundingClientRect()];
  });
}

function places(root) {
  const size = parseFloat(getComputedStyle(root).fontSize);
  const isOurs = root.localName === "math";
  const line = [];
  for (const node of leaves(root)) {
    const parent = node.parentElement;
    const isOff = !node.data || parent.closest(OFF_LINE) || isScript(parent, root);
    for (const [text, box] of boxes(node, isOurs)) {
      const [left, right] = [box.left / size, box.right / size];
      const slant = isOurs ? 0 : parseFloat(getComputedStyle(parent).marginRight) || 0;
      const end = right + slant / size;
      const last = line[line.length - 1];
      if (!isOff) {
        const isTall = isOurs ? box.height > 1.1 * size : parent.closest(".delimsizing") !== null;
        line.push([isTall ? text + TALL : text, left, end, false]);
      } else if (last) {
        last[2] = Math.max(last[2], end);
        last[3] = true;
      }
    }
  }
  return line;
}

document.fonts.ready.then(() => {
  const rows = [...document.querySelectorAll("section")];
  const found = rows.map((row) => [row.querySelector(".katex-html"), row.querySelector("math")]);
  const data = found.map((pair) => pair.map((root) => (root ? places(root) : [])));
  document.getElementById("out").textContent = "@@@" + JSON.stringify(data) + "@@@";
});
