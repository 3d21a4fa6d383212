// An engine without MathML (Android WebView before 109): Anki's own MathJax typesets the TeX.
// Runs at each side of each card; where there is MathML it does nothing at all.
(function () {
  if (window.MathMLElement) return;
  var formulas = document.querySelectorAll("math[data-tex]");
  if (!formulas.length) return;
  var slash = String.fromCharCode(92); // AnkiDroid loads MathJax for its delimiters in any script
  for (var i = 0; i < formulas.length; i++) {
    var formula = formulas[i];
    var display = formula.getAttribute("display") === "block";
    var span = document.createElement("span");
    span.className = "math-fallback";
    span.textContent =
      slash + (display ? "[" : "(") + formula.getAttribute("data-tex") + slash + (display ? "]" : ")");
    formula.parentNode.replaceChild(span, formula);
  }
  var rest = document.querySelectorAll("math.m-next");
  for (i = 0; i < rest.length; i++) rest[i].parentNode.removeChild(rest[i]);
  var tries = 0;
  (function typeset() {
    var mathjax = window.MathJax;
    if (mathjax && mathjax.typesetPromise) {
      var ready = mathjax.startup && mathjax.startup.promise;
      (ready || Promise.resolve()).then(function () {
        mathjax.typesetPromise(Array.prototype.slice.call(document.querySelectorAll(".math-fallback")));
      });
    } else if (tries++ < 50) {
      setTimeout(typeset, 100); // Anki loads MathJax after the card
    }
  })();
})();

// Copying gives a formula's TeX, in Markdown's dollars. One listener for all cards of a window.
(function () {
  if (window.admonkiCopiesTeX) return;
  window.admonkiCopiesTeX = true;
  function inDollars(formula) {
    var dollars = formula.getAttribute("display") === "block" ? "$$" : "$";
    return document.createTextNode(dollars + formula.getAttribute("data-tex") + dollars);
  }
  // A long formula is several pieces; the first one has the TeX.
  function whole(node) {
    var element = node.nodeType === 1 ? node : node.parentNode;
    var piece = element && element.closest("math");
    while (piece && (piece.localName === "wbr" || piece.classList.contains("m-next"))) {
      piece = piece.previousElementSibling || piece.parentNode.previousElementSibling;
    }
    return piece;
  }
  function copied(range) {
    var box = document.createElement("div");
    var around = whole(range.commonAncestorContainer);
    if (around) {
      box.appendChild(inDollars(around));
      return box;
    }
    box.appendChild(range.cloneContents());
    var begun = whole(range.startContainer);
    var first = box.querySelector("math");
    if (begun && first && first.classList.contains("m-next")) {
      box.insertBefore(inDollars(begun), box.firstChild);
    }
    var formulas = box.querySelectorAll("math");
    for (var i = 0; i < formulas.length; i++) {
      var piece = formulas[i];
      var tex = piece.hasAttribute("data-tex") ? inDollars(piece) : document.createTextNode("");
      piece.parentNode.replaceChild(tex, piece);
    }
    return formulas.length ? box : null;
  }
  document.addEventListener("copy", function (event) {
    var selection = document.getSelection();
    var box = event.clipboardData && selection.rangeCount ? copied(selection.getRangeAt(0)) : null;
    if (!box) return;
    box.style.cssText = "position:fixed;left:-9999px";
    document.body.appendChild(box); // lines break only in what is laid out
    event.clipboardData.setData("text/plain", box.innerText);
    document.body.removeChild(box);
    box.removeAttribute("style");
    event.clipboardData.setData("text/html", box.innerHTML);
    event.preventDefault();
  });
})();
