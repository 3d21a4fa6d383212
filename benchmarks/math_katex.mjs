// Renders formulas with KaTeX and, where it is installed, Temml:
// JSON lines {"tex", "display"} in, {"html", "mathml", "temml"} out; null for what one refuses.
// usage: node math_katex.mjs FOLDER_WITH_NODE_MODULES < formulas.jsonl
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const require = createRequire(resolve(process.argv[2], "package.json"));
console.log = console.warn = () => {}; // the answer stands alone on the output
const katex = require("katex");
const temml = load("temml");

function load(name) {
  try {
    return require(name);
  } catch {
    return null;
  }
}

function render(engine, tex, options) {
  try {
    return engine.renderToString(tex, { strict: "ignore", throwOnError: true, ...options });
  } catch {
    return null;
  }
}

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  const { tex, display } = JSON.parse(line);
  const html = render(katex, tex, { displayMode: display, output: "html" });
  const mathml = render(katex, tex, { displayMode: display, output: "mathml" });
  const other = temml && render(temml, tex, { displayMode: display });
  process.stdout.write(JSON.stringify({ html, mathml, temml: other }) + "\n");
}
