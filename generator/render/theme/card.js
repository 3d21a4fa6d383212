// What CSS cannot do for a card. Boxes that scroll are marked, for the shade at their edge and for
// the keyboard. Long cells of a table with many columns get a width at which they can be read,
// before they are squeezed to a word a line. A long question is set as text rather than as a headline.
// Screen readers get names for tasks, and no empty headers.
function admonkiFinish(page) {
  var LONG_TEXT = 40, MANY_CELLS = 3, LONG_QUESTION = 140; // characters; cells of a row
  var BLOCKS = "p, div, ul, ol, dl, pre, table, blockquote, details, figure, section";
  var LINES = "p, .tight, dd, dt, h1, h2, h3, h4, h5, h6, summary, blockquote, figcaption, .ak-question";
  function each(selector, act) {
    Array.prototype.forEach.call(page.querySelectorAll(selector), act);
  }

  function widen(cell) {
    var isLong = cell.textContent.length >= LONG_TEXT;
    if (isLong && cell.parentElement.cells.length >= MANY_CELLS) cell.classList.add("ak-long");
  }

  function markScrolling(box) {
    var scrolls = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle("ak-scrolls", scrolls);
    if (scrolls) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }

  // Firefox breaks lines within the pieces of a formula, unless they are kept whole; then it needs
  // a place for a break between them.
  function breakBefore(piece) {
    var box = piece.parentNode.className === "nobr" ? piece.parentNode : piece;
    var before = box.previousElementSibling;
    if (before && before.localName !== "wbr") box.parentNode.insertBefore(page.createElement("wbr"), box);
  }

  function headline(question) {
    var block = question.querySelector(BLOCKS);
    if (block && block === question.firstChild) return block.textContent;
    var before = page.createRange();
    before.selectNodeContents(question);
    if (block) before.setEndBefore(block);
    return before.toString();
  }

  if (window.CSS && CSS.supports("-moz-appearance", "none")) each(".m-next:not([display])", breakBefore);
  each(".ak-question", function (question) {
    question.classList.toggle("ak-text", headline(question).trim().length > LONG_QUESTION);
  });
  each(".admonki td", widen);
  each(".admonki th:empty", function (cell) { cell.setAttribute("role", "cell"); });
  each(".admonki .task-list-item > input", function (box) {
    box.setAttribute("aria-label", box.parentElement.textContent.trim().slice(0, 200));
  });
  each(".admonki pre, .admonki .table-wrap, .admonki .math-display", markScrolling);
  each(".admonki math, .admonki mjx-container", function (formula) {
    var line = formula.parentElement.closest(LINES);
    if (line) markScrolling(line);
  });
}

(function () {
  function again() { admonkiFinish(document); }
  again();
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(again);
  if (window.admonkiWatches) return; // one listener for all cards of a window
  window.admonkiWatches = true;
  window.addEventListener("resize", again);
  document.addEventListener("toggle", again, true);
})();
