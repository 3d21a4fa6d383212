// An engine without MathML (Android WebView before 109): Anki's own MathJax typesets the TeX.
// Runs at each side of each card; where there is MathML it does nothing at all.
(function () {
  if (window.MathMLElement) return;
  var formulas = document.querySelectorAll("math[data-tex]");
  if (!formulas.length) return;
  for (var i = 0; i < formulas.length; i++) {
    var formula = formulas[i];
    var display = formula.getAttribute("display") === "block";
    var span = document.createElement("span");
    span.className = "math-fallback";
    span.textContent =
      (display ? "\\[" : "\\(") + formula.getAttribute("data-tex") + (display ? "\\]" : "\\)");
    formula.parentNode.replaceChild(span, formula);
  }
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
  function copied(range) {
    var box = document.createElement("div");
    var around = range.commonAncestorContainer;
    if (around.nodeType !== 1) around = around.parentNode;
    var formula = around.closest("math[data-tex]");
    if (formula) {
      box.appendChild(inDollars(formula));
      return box;
    }
    box.appendChild(range.cloneContents());
    var formulas = box.querySelectorAll("math[data-tex]");
    for (var i = 0; i < formulas.length; i++) {
      formulas[i].parentNode.replaceChild(inDollars(formulas[i]), formulas[i]);
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
