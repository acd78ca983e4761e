// Asks the library for browsers, in Node, what the command line is asked, and holds that both give the same bytes: for every
// scenario, many runs, what-ifs, one run and two worlds side by side.
//
//     node web/same.mjs BARAZA WASM.gz [RUNS] [SCENARIO…]
import { execFileSync } from "node:child_process";
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [baraza, wasm, runs = "60", ...scenarios] = process.argv.slice(2);
const script = readFileSync(new URL("../src/workbench/page/engine.js", import.meta.url), "utf8");
const { engine } = new Function(`${script}; return { engine };`)();
const module = await WebAssembly.compile(gunzipSync(readFileSync(wasm)));
const folder = mkdtempSync(join(tmpdir(), "baraza-"));
let faults = 0;
let compared = 0;

function command(...words) {
  return execFileSync(baraza, words, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
}
function same(what, theirs, ours) {
  compared += 1;
  if (theirs === ours) { return; }
  faults += 1;
  const at = [...theirs].findIndex((c, k) => c !== ours[k]);
  console.error(`${what}: differs at ${at}: “${theirs.slice(at - 40, at + 60)}” on the command line, “${String(ours).slice(at - 40, at + 60)}” in the browser`);
}
const need = (answer) => {
  if (answer.ok === undefined) { throw new Error(`${answer.refused}\n${answer.text}`); }
  return answer.ok;
};
// Two desks play a part each, and a third adds up: as workers do.
function study(desks, study, forms) {
  const n = Number(runs);
  const half = Math.floor(n / 2);
  const counts = [[0, half], [half, n]].map(([from, to], k) => need(desks[k]({ ask: "play", study, from, to })));
  return need(desks[0]({ ask: "tell", study, counts: counts.reverse(), forms }));
}

for (const file of scenarios) {
  const text = readFileSync(file, "utf8");
  const desks = [0, 1].map(() => engine(new WebAssembly.Instance(module, {})));
  desks.forEach((desk) => need(desk({ ask: "load", name: file, text })));
  const desk = desks[0];
  same(`${file}: list`, command("list", file, "--json"), need(desk({ ask: "list" })));
  const page = join(folder, "page.html");
  const ensemble = study(desks, { study: "ensemble", options: { runs: Number(runs), seed: 3 } }, ["json", "page", "text"]);
  const words = ["ensemble", file, "--runs", runs, "--seed", "3"];
  same(`${file}: ensemble as JSON`, command(...words, "--json"), ensemble.json);
  same(`${file}: ensemble as text`, command(...words, "--html", page, "--force"), ensemble.text);
  same(`${file}: ensemble as page`, readFileSync(page, "utf8"), ensemble.page);
  const list = JSON.parse(need(desk({ ask: "list" })));
  const party = list.paths.find((p) => /^party\.[^.]+\.audience$/.test(p.path));
  const set = party ? [[party.path, "high"]] : [];
  const changes = [...list.what_ifs.slice(0, 2).map((w) => [{ ids: [w.id] }, [w.id]])];
  if (party) { changes.push([{ set }, ["--set", `${set[0][0]}=high`]]); }
  for (const [options, named] of changes) {
    const told = study(desks, { study: "what-if", options: { ...options, runs: Number(runs), seed: 2 } }, ["json", "page", "text"]);
    const words = ["what-if", file, ...named, "--runs", runs, "--seed", "2"];
    same(`${file}: what if ${named.join(" ")} as JSON`, command(...words, "--json"), told.json);
    same(`${file}: what if ${named.join(" ")} as text`, command(...words, "--html", page, "--force"), told.text);
    same(`${file}: what if ${named.join(" ")} as page`, readFileSync(page, "utf8"), told.page);
    const pair = need(desk({ ask: "pair", options: { ...options, seed: 2 }, run: 4, forms: ["json", "page"] }));
    const side = ["what-if", file, ...named, "--seed", "2", "--pair", "4"];
    same(`${file}: pair of ${named.join(" ")} as JSON`, command(...side, "--json", "--html", page, "--force"), pair.json);
    same(`${file}: pair of ${named.join(" ")} as page`, readFileSync(page, "utf8"), pair.page);
  }
  for (const [what_if, changed] of [[null, []], [list.what_ifs[0]?.id ?? null, set]]) {
    const flags = [...(what_if ? ["--what-if", what_if] : []), ...changed.flatMap(([p, v]) => ["--set", `${p}=${v}`])];
    const one = need(desk({ ask: "run", what_if, set: changed, seed: 5, run: 7, detail: "full", forms: ["json", "page", "text"] }));
    const bare = ["run", file, ...flags, "--seed", "5", "--run", "7"];
    const words = [...bare, "--detail", "full"];
    same(`${file}: run as JSON`, command(...bare, "--json"), one.json);
    same(`${file}: run as text`, command(...words, "--html", page, "--force"), one.text);
    same(`${file}: run as page`, readFileSync(page, "utf8"), one.page);
  }
}
rmSync(folder, { recursive: true });
console.log(`${scenarios.length} scenarios, ${compared} answers compared, ${faults} differ`);
process.exit(faults ? 1 : 0);
