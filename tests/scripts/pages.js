// Opens pages in a browser: at the width of a phone, a laptop and a beamer, light and dark, it looks for faults of accessibility
// (axe-core), for texts that leave the page, for requests that leave the page and for errors, and drives every script by keyboard and
// mouse.
//
//     node pages.js MODULES BROWSER PAGE.html…
//
// With FEW=1 the dark pages are looked at in one width only. MODULES is the folder in which puppeteer-core and axe-core are installed, BROWSER a Chromium.
"use strict";
const path = require("path");
const fs = require("fs");
const [modules, browser, ...pages] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const puppeteer = load("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js", { paths: [modules] }), "utf8");

const WIDTHS = [390, 1280, 1920];
// Smaller than this nobody reads on a phone, in CSS pixels.
const LEAST = 11;
let faults = 0;

function fault(where, what) {
  faults += 1;
  console.error(`${where}: ${what}`);
}

async function open(driver, file, width, dark) {
  const page = await driver.newPage();
  const where = `${path.basename(file)} at ${width}${dark ? ", dark" : ""}`;
  page.on("console", (message) => fault(where, `console: ${message.text()}`));
  page.on("pageerror", (error) => fault(where, `error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file://") || request.url() !== page.target_) {
      fault(where, `asks for ${request.url()}`);
    }
  });
  page.target_ = "file://" + path.resolve(file);
  await page.setViewport({ width, height: width < 500 ? 844 : Math.round((width * 9) / 16) });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(page.target_);
  return [page, where];
}

// The page's policy lets no foreign script run in it; the debugger's own evaluation is not bound by it.
async function accessible(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations) {
    const at = violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
    fault(where, `${violation.id} (${violation.impact}), ${violation.nodes.length} times: ${violation.help}: ${at}`);
  }
}

async function fits(page, where, width) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) {
    fault(where, `is ${over} pixels too wide`);
  }
  if (width > 500) {
    return;
  }
  const small = await page.evaluate((least) => {
    const sizes = Array.from(document.querySelectorAll("svg.chart"), (chart) => {
      const box = chart.getBoundingClientRect();
      const text = chart.querySelector("text.small") || chart.querySelector("text");
      if (!box.width || !text) { return least; }
      return parseFloat(getComputedStyle(text).fontSize) * box.width / chart.viewBox.baseVal.width;
    });
    return Math.min(least, ...sizes);
  }, LEAST);
  if (small < LEAST) {
    fault(where, `has texts of ${small.toFixed(1)} pixels in pictures`);
  }
}

const state = (page, what) => page.evaluate(what);

async function check(page, where, what, said) {
  if (!(await state(page, what))) {
    fault(where, said);
  }
}

async function press(page, text) {
  const buttons = await page.$$("button");
  for (const button of buttons) {
    const same = await button.evaluate((b, t) => b.textContent === t && b.offsetParent !== null, text);
    if (same) {
      await button.focus();
      await page.keyboard.press("Enter");
      return true;
    }
  }
  return false;
}

// Cover, guess, reveal: by the switch, and as slides by the key.
async function guesses(page, where) {
  if (!(await page.$(".slide"))) { return; }
  // A page that opens as slides becomes a page first.
  if (await page.evaluate(() => document.body.classList.contains("slides"))) { await page.keyboard.press("s"); }
  await page.evaluate(() => scrollTo(0, 0));
  const covered = () => getComputedStyle(document.querySelector(".slide .sum")).visibility === "hidden";
  if (!(await press(page, "Guess first"))) { fault(where, "has no switch to guess first"); return; }
  await check(page, where, covered, "does not cover its answer");
  await press(page, "Guess first, then show the answer");
  await check(page, where, () => getComputedStyle(document.querySelector(".slide .sum")).visibility === "visible", "does not show its answer");
  await check(page, where, () => document.activeElement === document.querySelector(".slide .sum"), "loses the keyboard at the answer");
  await press(page, "Guess first");
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.keyboard.press("s");
  await check(page, where, () => document.body.classList.contains("slides"), "is no slides at the key s");
  await check(page, where, covered, "does not cover the first slide");
  await page.keyboard.press(" ");
  await check(page, where, () => getComputedStyle(document.querySelector(".slide .sum")).visibility === "visible", "does not reveal at the space bar");
  await page.keyboard.press("s");
  await check(page, where, () => !document.body.classList.contains("slides"), "stays slides");
}

async function picks(page, where) {
  const list = await page.$(".tools select");
  if (!list) { return; }
  const last = await list.evaluate((l) => String(l.options.length - 1));
  await list.select(last);
  await press(page, "Show it");
  await check(page, where, () => {
    const heading = document.activeElement;
    const part = heading.parentElement.querySelector(".part");
    return heading.tagName === "H2" && part.open && Math.abs(heading.getBoundingClientRect().top) < innerHeight;
  }, "does not show what was picked");
}

async function ranks(page, where) {
  if (!(await page.$("table.matrix"))) { return; }
  const column = () => Array.from(document.querySelectorAll("table.matrix tbody tr:not(.fixed)"), (row) =>
    parseFloat(row.cells[1].textContent.replace("\u2212", "-")) || 0);
  const first = await page.evaluate(column);
  const head = await page.$("table.matrix .rank");
  await head.focus();
  await page.keyboard.press("Enter");
  const down = await page.evaluate(column);
  await head.click();
  const up = await page.evaluate(column);
  await head.click();
  const again = await page.evaluate(column);
  const sorted = (list, sign) => list.every((v, k) => k === 0 || sign * (list[k - 1] - v) >= 0);
  if (!sorted(down, 1) || !sorted(up, -1)) { fault(where, "does not rank its matrix"); }
  if (String(first) !== String(again)) { fault(where, "does not give the first order back"); }
  await check(page, where, () => document.querySelector("table.matrix tbody tr").classList.contains("fixed"), "moves the row that it compares with");
}

async function reads(page, where) {
  // Not what is folded, nor the variant for another width.
  const shown = (m) => m.checkVisibility() && m.getBoundingClientRect().width > 0;
  const handles = await page.$$(".mark");
  let mark = null;
  for (const handle of handles) {
    if (await handle.evaluate(shown)) { mark = handle; break; }
  }
  if (!mark) { return; }
  await mark.evaluate((m) => m.scrollIntoView({ block: "center" }));
  await mark.hover();
  const told = () => !document.querySelector(".value").hidden && document.querySelector(".value").textContent;
  if (!(await page.evaluate(told))) { fault(where, "does not tell the value under the pointer"); }
  await mark.evaluate((m) => m.focus());
  const one = await page.evaluate(told);
  await page.keyboard.press("ArrowRight");
  await new Promise((done) => setTimeout(done, 100));
  const two = await page.evaluate(told);
  const only = await mark.evaluate((m) => m.closest("svg").querySelectorAll(".mark").length === 1);
  if (!one || (!only && (!two || one === two))) { fault(where, `does not tell the next value: “${one}”, “${two}”`); }
  await page.keyboard.press("Escape");
  await check(page, where, () => document.querySelector(".value").hidden, "goes on telling the value");
  await check(page, where, () => Array.from(document.querySelectorAll(".mark")).every((m) => m.getAttribute("aria-label")), "has marks that say nothing");
}

async function scrubs(page, where) {
  const slider = await page.$(".rounds .scrub input");
  if (!slider) { return; }
  const shown = () => Array.from(document.querySelector(".rounds").querySelectorAll(".step"), (s) => !s.hidden).indexOf(true);
  const count = () => Array.from(document.querySelector(".rounds").querySelectorAll(".step")).filter((s) => !s.hidden).length;
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  if ((await page.evaluate(shown)) !== 1 || (await page.evaluate(count)) !== 1) { fault(where, "does not go on to the next round"); }
  await press(page, "Back");
  if ((await page.evaluate(shown)) !== 0) { fault(where, "does not go back a round"); }
  await press(page, "All rounds");
  if ((await page.evaluate(count)) < 2) { fault(where, "does not show all rounds"); }
}

// Without scripts everything is there: nothing is hidden but what is folded.
async function plain(driver, file) {
  const page = await driver.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto("file://" + path.resolve(file));
  const where = `${path.basename(file)} without scripts`;
  await check(page, where, () => Array.from(document.querySelectorAll(".sum, .step")).every((e) => e.checkVisibility({ visibilityProperty: true })), "hides something");
  await check(page, where, () => !document.querySelector("button, select, input"), "has controls that do nothing");
  await page.close();
}

(async () => {
  const driver = await puppeteer.launch({ executablePath: browser, args: ["--no-sandbox"], headless: true });
  for (const file of pages) {
    for (const width of WIDTHS) {
      for (const dark of process.env.FEW && width !== 390 ? [false] : [false, true]) {
        const [page, where] = await open(driver, file, width, dark);
        await accessible(page, where);
        await fits(page, where, width);
        if (!dark) {
          for (const drive of [picks, reads, ranks, scrubs, guesses]) { await drive(page, where); }
        }
        await page.close();
      }
    }
    await plain(driver, file);
    console.log(`${path.basename(file)}: looked at`);
  }
  await driver.close();
  if (faults) {
    console.error(`${faults} faults`);
    process.exit(1);
  }
})().catch((error) => { console.error(error); process.exit(1); });
