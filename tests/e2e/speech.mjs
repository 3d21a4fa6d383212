// Speaks MathML with MathJax's Speech Rule Engine: one JSON string a line in, one out.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const engine = require("speech-rule-engine");
const maps = join(dirname(require.resolve("speech-rule-engine/package.json")), "lib", "mathmaps");
await engine.setupEngine({ locale: "en", domain: "mathspeak", json: maps });
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  process.stdout.write(JSON.stringify(engine.toSpeech(JSON.parse(line))) + "\n");
}
