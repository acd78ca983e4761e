// Opens workbenches in a browser and asks what a class would ask.
//
//     node browser.js MODULES BROWSER BARAZA PAGE.html…
//
// With FEW=1 at two widths only. With SHOTS=FOLDER it keeps pictures of what it sees. With MEASURE=1 it measures, with MINUTES=N also what
// so many minutes of changes hold of the memory.
"use strict";
const path = require("path");
const fs = require("fs");
const { execFileSync } = require("child_process");
const [modules, browser, baraza, ...pages] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const puppeteer = load("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js", { paths: [modules] }), "utf8");
const few = Boolean(process.env.FEW);
let faults = 0;

function fault(where, what) {
  faults += 1;
  console.error(`${where}: ${what}`);
}
// The command that the page shows, carried out: what it prints.
function carriedOut(text, ...more) {
  const words = [];
  for (const [, quoted, plain] of text.matchAll(/'((?:[^']|'\\'')*)'|([^\s']+)/g)) {
    words.push(quoted === undefined ? plain : quoted.replace(/'\\''/g, "'"));
  }
  return execFileSync(baraza, [...words.slice(1), ...more], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
}
async function opened(driver, file, { width = 1280, height = 800, dark = false, hash = "", prepare = null } = {}) {
  const page = await driver.newPage();
  const where = `${path.basename(file)} at ${width}${dark ? ", dark" : ""}`;
  const target = "file://" + path.resolve(file);
  page.on("console", (message) => fault(where, `console: ${message.text()}`));
  page.on("pageerror", (error) => fault(where, `error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) { fault(where, `asks for ${request.url()}`); }
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  if (prepare) { await prepare(page); }
  await page.goto(target + hash);
  return [page, where];
}
const first = (page) => page.waitForFunction(() => document.querySelector("#answer .sum") && Number(document.querySelector("#answer").dataset.runs) >= 500, { timeout: 120000, polling: 20 });
const done = (page) => page.waitForFunction(() => document.querySelector("#answer[data-done]:not(.old)"), { timeout: 300000, polling: 50 });
async function press(page, text, within = "body") {
  const found = await page.evaluate((t, w) => {
    const button = Array.from(document.querySelectorAll(`${w} button`)).find((b) => b.textContent === t && b.checkVisibility());
    if (button) { button.focus(); }
    return Boolean(button);
  }, text, within);
  if (found) { await page.keyboard.press("Enter"); }
  return found;
}
async function accessible(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations) {
    const at = violation.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + (node.failureSummary || "").split("\n")[1]).join("; ");
    fault(where, `${violation.id} (${violation.impact}), ${violation.nodes.length} times: ${at}`);
  }
}
async function fits(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) { fault(where, `is ${over} pixels too wide`); }
}
async function shot(page, name, whole = false) {
  if (process.env.SHOTS) { await page.screenshot({ path: path.join(process.env.SHOTS, name + ".png"), fullPage: whole }); }
}
// What the page tells, and the command that it names, tell the same: the sentence, and every bar with its interval.
async function same(page, where) {
  const [sentence, figures, command] = await page.evaluate(() => [
    document.querySelector("#answer .sum").textContent,
    Array.from(document.querySelectorAll("#answer .answer .bars td"), (td) => td.textContent),
    document.querySelector("#answer .command code").textContent,
  ]);
  const out = path.join(path.dirname(pages[0]), "again.html");
  carriedOut(command, "--html", out, "--force");
  const theirs = await page.evaluate((html) => {
    const other = new DOMParser().parseFromString(html, "text/html");
    return [other.querySelector(".sum").textContent, Array.from(other.querySelectorAll(".answer .bars td"), (td) => td.textContent)];
  }, fs.readFileSync(out, "utf8"));
  if (JSON.stringify([sentence, figures]) !== JSON.stringify(theirs)) {
    fault(where, `tells “${sentence}” ${figures}, and \`${command}\` “${theirs[0]}” ${theirs[1]}`);
  }
  return sentence;
}

async function look(driver, file) {
  const name = path.basename(file, ".html");
  for (const width of few ? [390, 1920] : [360, 390, 1280, 1920]) {
    for (const dark of few && width !== 390 ? [false] : [false, true]) {
      const [page, where] = await opened(driver, file, { width, height: width < 500 ? 844 : 1080, dark });
      await done(page);
      for (const tab of ["Change and see", "One run, told", "The draft", "The file"]) {
        if (!(await press(page, tab, ".tabs"))) { fault(where, `has no “${tab}”`); continue; }
        if (tab === "One run, told") { await page.waitForSelector(".run .step", { timeout: 20000 }); }
        if (tab === "The draft") { await page.waitForSelector(".draft table", { timeout: 20000 }); }
        await accessible(page, `${where}, ${tab}`);
        await fits(page, `${where}, ${tab}`);
        await shot(page, `${name}-${width}${dark ? "-dark" : ""}-${tab.replace(/\W+/g, "-")}`, width < 500);
      }
      await page.close();
    }
  }
}

// What-ifs, sliders, undoing, the address, guesses, a pair, the draft, the file.
async function drive(driver, file) {
  const [page, where] = await opened(driver, file);
  await done(page);
  await same(page, `${where}, as it stands`);
  // All of the answer is fetched when somebody looks.
  await page.click("#answer .all > summary");
  await page.waitForSelector("#answer .all figure", { timeout: 20000 });
  if (await page.$("#answer .all .answer")) { fault(where, "tells the answer twice"); }
  await page.click("#answer .all > summary");
  const whatIf = await page.evaluate(() => { const b = document.querySelector(".ifs button"); return b && b.textContent; });
  if (whatIf) {
    await press(page, whatIf, ".ifs");
    await page.waitForSelector("#answer .differences");
    await done(page);
    console.log(`${where}: ${whatIf}: ${await same(page, `${where}, ${whatIf}`)}`);
    if (!(await page.evaluate(() => location.hash.includes("what-if=")))) { fault(where, "does not keep the what-if in its address"); }
    if (await page.$("#answer .pairs button")) {
      await page.click("#answer .pairs button");
      await page.waitForSelector(".run .rounds", { timeout: 20000 });
      await press(page, "Change and see", ".tabs");
    }
  }
  // A slider by keyboard.
  await page.type(".finder input[type=search]", "alternative");
  await new Promise((wait) => setTimeout(wait, 300));
  const slider = await page.$(".quantity input[type=range]");
  if (slider) {
    const before = await page.evaluate(() => document.querySelector("#answer").dataset.done);
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction((b) => document.querySelector("#answer").dataset.done !== b, { timeout: 120000 }, before);
    await done(page);
    await same(page, `${where}, a slider`);
    // The address alone gives the same answer.
    const hash = await page.evaluate(() => location.hash);
    const [again] = await opened(driver, file, { hash });
    await done(again);
    const sum = (p) => p.evaluate(() => document.querySelector("#answer .sum").textContent);
    if ((await sum(page)) !== (await sum(again))) { fault(where, "answers its own address otherwise"); }
    await again.close();
    await press(page, "Undo", ".stack li:last-child");
  }
  // Guess first.
  await page.click(".guessing-bar input[type=checkbox]");
  if (await page.evaluate(() => document.querySelector("#answer .sum").checkVisibility({ visibilityProperty: true }))) { fault(where, "does not cover the answer"); }
  await press(page, "Say it, and see", ".guessing-bar");
  await page.waitForFunction(() => /You said/.test(document.querySelector(".guessing-bar .told").textContent), { timeout: 60000 });
  // The draft is in the address.
  await press(page, "The draft", ".tabs");
  await page.waitForSelector(".draft .items select", { timeout: 20000 });
  await page.evaluate(() => { const s = document.querySelector(".draft .items select"); s.selectedIndex = s.options.length - 1; s.dispatchEvent(new Event("change")); });
  const drafted = (p) => p.evaluate(() => (document.querySelector(".draft .sum") ? document.querySelector(".panel.draft").innerText : ""));
  const last = await page.evaluate(() => document.querySelector(".draft .items select").value);
  await page.waitForFunction((id) => location.hash.includes("draft=") && decodeURIComponent(location.hash).includes(id) && document.querySelector(".draft figure"), { timeout: 20000 }, last);
  const [other] = await opened(driver, file, { hash: await page.evaluate(() => location.hash) });
  await other.waitForSelector(".draft figure", { timeout: 20000 });
  if ((await drafted(page)) !== (await drafted(other))) { fault(where, "shows another draft for the address of one"); }
  await other.close();
  // The file: a mistake is seen where it is.
  await press(page, "The file", ".tabs");
  await page.focus(".file textarea");
  await page.evaluate(() => { const t = document.querySelector(".file textarea"); t.value = t.value.replace(/^rounds/m, "rouns"); t.dispatchEvent(new Event("input")); });
  await page.waitForSelector(".file .diagnostics .error", { timeout: 20000 });
  await page.close();
}

// Where workers are blocked the page answers by itself; without scripts, and without WebAssembly, the what-ifs are there.
async function hindered(driver, file) {
  const blocked = (page) => page.evaluateOnNewDocument(() => { window.Worker = function () { throw new Error("blocked"); }; });
  const [page, where] = await opened(driver, file, { prepare: blocked });
  await done(page);
  await same(page, `${where}, without workers`);
  await page.close();
  // The first answer is there before anything has been unpacked.
  const slow = (p) => p.evaluateOnNewDocument(() => { WebAssembly.compile = () => new Promise(() => {}); });
  const [waiting] = await opened(driver, file, { prepare: slow });
  await first(waiting);
  await waiting.close();
  const without = (p) => p.evaluateOnNewDocument(() => { WebAssembly.compile = () => Promise.reject(new Error("no WebAssembly")); });
  const [still] = await opened(driver, file, { prepare: without });
  await still.waitForSelector("main .answer", { timeout: 20000 });
  await still.close();
  const plain = await driver.newPage();
  await plain.setJavaScriptEnabled(false);
  await plain.goto("file://" + path.resolve(file));
  if (!(await plain.$(".still .answer"))) { fault(where, "shows nothing without scripts"); }
  await plain.close();
}

async function measure(driver, file) {
  const told = {};
  const now = async (page) => Math.round(await page.evaluate(() => performance.now()));
  const time = async (prepare, speed) => {
    const [page] = await opened(driver, file, { width: 390, height: 844, prepare });
    await first(page);
    told[`first answer${speed}, ms`] = await now(page);
    await page.waitForSelector(".ifs button", { timeout: 120000 });
    told[`what can be changed is there${speed}, ms`] = await now(page);
    await done(page);
    const before = await now(page);
    await page.evaluate(() => document.querySelector(".ifs button").click());
    await page.waitForSelector("#answer .differences", { timeout: 120000 });
    told[`first answer to a change${speed}, ms`] = (await now(page)) - before;
    await page.close();
  };
  told.bytes = fs.statSync(file).size;
  await time(null, "");
  await time(async (page) => { await (await page.createCDPSession()).send("Emulation.setCPUThrottlingRate", { rate: 6 }); }, " at a sixth of the speed");
  for (const workers of [1, 2]) { told[`runs a second with workers: ${workers}`] = await pace(driver, file, workers); }
  const [page] = await opened(driver, file);
  await done(page);
  const client = await page.createCDPSession();
  const heap = async () => { await client.send("HeapProfiler.collectGarbage"); return Math.round((await page.metrics()).JSHeapUsedSize / 1e5) / 10; };
  const before = await heap();
  const many = few ? 10 : 100;
  for (let k = 0; k < many; k += 1) {
    await page.evaluate((seed) => { location.hash = `#seed=${seed}`; }, 100 + k);
    await page.waitForFunction((b) => document.querySelector("#answer").dataset.done !== b, { timeout: 120000 }, await page.evaluate(() => document.querySelector("#answer").dataset.done));
  }
  told[`heap before and after ${many} changes, MB`] = `${before} ${await heap()}`;
  await page.close();
  if (process.env.MINUTES) { told[`memory after each tenth of ${process.env.MINUTES} minutes of changes, MB`] = (await changing(driver, file, Number(process.env.MINUTES))).join(" "); }
  console.log(path.basename(file), JSON.stringify(told));
}

// Runs a second from a change to its answer, on a machine that says it has so many cores and one more: the mean of five.
async function pace(driver, file, workers) {
  const prepare = (p) => p.evaluateOnNewDocument((n) => { Object.defineProperty(navigator, "hardwareConcurrency", { get: () => n }); }, workers + 1);
  const [page] = await opened(driver, file, { prepare });
  await done(page);
  const [runs, took] = await page.evaluate(async () => {
    const answer = document.querySelector("#answer");
    const start = performance.now();
    let runs = 0;
    for (let seed = 90; seed < 95; seed += 1) {
      const before = answer.dataset.done;
      location.hash = `#seed=${seed}`;
      while (answer.dataset.done === before) { await new Promise((wait) => setTimeout(wait, 5)); }
      runs += Number(answer.dataset.runs);
    }
    return [runs, performance.now() - start];
  });
  await page.close();
  return Math.round((1000 * runs) / took);
}

// What-ifs, other luck and back again for so many minutes: what all of the browser's renderers hold, WebAssembly with it.
async function changing(driver, file, minutes) {
  const [page] = await opened(driver, file);
  await done(page);
  await page.waitForSelector(".ifs button", { timeout: 120000 });
  const system = await driver.target().createCDPSession();
  const client = await page.createCDPSession();
  const held = async () => {
    await client.send("HeapProfiler.collectGarbage");
    const { processInfo } = await system.send("SystemInfo.getProcessInfo");
    const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
    return Math.round(processInfo.filter((p) => p.type === "renderer").reduce((sum, p) => sum + resident(p.id), 0) / 1024);
  };
  const answered = async (change) => {
    const before = await page.evaluate(() => document.querySelector("#answer").dataset.done);
    await change();
    await page.waitForFunction((b) => document.querySelector("#answer").dataset.done !== b, { timeout: 300000, polling: 50 }, before);
  };
  const memory = [await held()];
  const began = Date.now();
  for (let k = 0; memory.length <= 10; k += 1) {
    await answered(() => page.evaluate((which) => { const all = document.querySelectorAll(".ifs button"); all[which % all.length].click(); }, k));
    await answered(() => page.evaluate((seed) => { location.hash = `#seed=${seed}`; }, 1000 + k));
    if (Date.now() - began > memory.length * minutes * 6000) { memory.push(await held()); }
  }
  await page.close();
  return memory;
}

(async () => {
  const driver = await puppeteer.launch({ executablePath: browser, args: ["--no-sandbox"], headless: true, protocolTimeout: 600000 });
  for (const file of pages) {
    await drive(driver, file);
    if (file === pages[0] || !few) { await look(driver, file); await hindered(driver, file); }
    console.log(`${path.basename(file)}: looked at`);
  }
  if (process.env.MEASURE) { await measure(driver, pages.find((p) => p.includes("doha-2025")) || pages[0]); }
  await driver.close();
  if (faults) {
    console.error(`${faults} faults`);
    process.exit(1);
  }
})().catch((error) => { console.error(error); process.exit(1); });
