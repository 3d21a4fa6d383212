// Renders formulas with KaTeX: JSON lines {"tex", "display"} in, {"html", "mathml"} out.
// usage: node math_katex.mjs FOLDER_WITH_NODE_MODULES < formulas.jsonl
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const require = createRequire(resolve(process.argv[2], "package.json"));
const katex = require("katex");

function render(tex, display, output) {
  try {
    return katex.renderToString(tex, { displayMode: display, output, strict: "ignore" });
  } catch {
    return null;
  }
}

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  const { tex, display } = JSON.parse(line);
  const html = render(tex, display, "html");
  process.stdout.write(JSON.stringify({ html, mathml: render(tex, display, "mathml") }) + "\n");
}
