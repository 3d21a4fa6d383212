// An engine without MathML (Android WebView before 109): Anki's own MathJax typesets the TeX.
// Runs at each side of each card; elsewhere it does nothing at all.
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
