// Renders formulas with KaTeX and, where they are installed, Temml and MathJax with the packages
// that Anki loads: JSON lines {"tex", "display"} in, {"html", "mathml", "temml", "mathjax", "known"}
// out; null for what one refuses, `known` if KaTeX knows all signs and so the space around them.
// usage: node math_katex.mjs FOLDER_WITH_NODE_MODULES < formulas.jsonl
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const DEFINES = /\\(def|let|newcommand|renewcommand|newenvironment|renewenvironment|Declare\w+|definecolor)/;
const require = createRequire(resolve(process.argv[2], "package.json"));
console.log = console.warn = () => {}; // only the answer is on the output
const katex = require("katex");
load("katex/contrib/mhchem");
const temml = load("temml");
const mathjax = await loadMathJax();

function load(name) {
  try {
    return require(name);
  } catch {
    return null;
  }
}

async function loadMathJax() {
  const packages = { "[+]": ["mathtools", "mhchem"], "[-]": ["noundefined"] };
  const formatError = (jax, error) => {
    throw error;
  };
  const loader = { load: ["input/tex", "[tex]/mathtools", "[tex]/mhchem"] };
  return load("mathjax")?.init({ loader, tex: { packages, formatError } });
}

// MathJax keeps what a formula defines for the next ones.
function forgetMacros() {
  mathjax.startup.getComponents();
  mathjax.startup.makeMethods();
}

function render(engine, tex, options) {
  try {
    return engine.renderToString(tex, { strict: "ignore", throwOnError: true, ...options });
  } catch {
    return null;
  }
}

async function renderWithMathJax(tex, display) {
  try {
    mathjax.texReset();
    return await mathjax.tex2mmlPromise(tex, { display });
  } catch {
    return null;
  } finally {
    if (DEFINES.test(tex)) forgetMacros();
  }
}

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  const { tex, display } = JSON.parse(line);
  let known = true;
  const strict = (code) => {
    known &&= code !== "unknownSymbol";
    return "ignore";
  };
  const html = render(katex, tex, { displayMode: display, output: "html", strict });
  const mathml = render(katex, tex, { displayMode: display, output: "mathml" });
  const other = temml && render(temml, tex, { displayMode: display });
  const third = mathjax && (await renderWithMathJax(tex, display));
  const answer = { html, mathml, temml: other, mathjax: third, known };
  process.stdout.write(JSON.stringify(answer) + "\n");
}
