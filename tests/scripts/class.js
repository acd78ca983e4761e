// Plays a lesson as a class would: a teacher, six students at phone size, a phone without network, a server killed twice.
// node class.js MODULES BROWSER BARAZA FOLDER [SHOTS], with SCENARIO and LESSON another one than that of the second tutorial
"use strict";
const { createRequire } = require("module");
const { spawn } = require("child_process");
const fs = require("fs");
const path = require("path");

const [modules, browserPath, baraza, folder, shots] = process.argv.slice(2);
const need = createRequire(path.resolve(modules) + "/");
const axe = fs.readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const PORT = 18000 + (process.pid % 2000);
const SCENARIO = process.env.SCENARIO || "scenarios/tutorial/2-mediator.toml";
const LESSON = process.env.LESSON ? ["--lesson", process.env.LESSON] : [];
const room = path.join(folder, "class");
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
let server = null;

function check(what, holds) {
  if (!holds) throw new Error("not so: " + what);
  console.log("  " + what);
}

async function serve() {
  server = spawn(baraza, ["serve", SCENARIO, ...LESSON, "--groups", "2", "--folder", room, "--port", String(PORT), "--bind", "127.0.0.1"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  server.stdout.on("data", (data) => (said += data));
  for (let k = 0; k < 600 && !/with the code/.test(said); k++) await sleep(100);
  const code = /with the code {2}([A-Z0-9]{6})/.exec(said);
  if (!code) throw new Error("the server does not open: " + said);
  if (!/goes on/.test(said)) await sleep(500);
  const link = /url=(http[^"]+)/.exec(fs.readFileSync(path.join(room, "teacher.html"), "utf8"))[1];
  return { code: code[1], link };
}

async function shot(page, name) {
  if (!shots) return;
  fs.mkdirSync(shots, { recursive: true });
  await page.bringToFront();
  await page.screenshot({ path: path.join(shots, name + ".png"), fullPage: true });
}

async function accessible(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | "));
  });
  check(name + ": axe-core finds nothing" + (found.length ? " – " + found.join("; ") : ""), found.length === 0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check(name + ": nothing is wider than the screen (" + wide + ")", wide <= 0);
}

// Every width at which a class looks at it, in light and dark: nothing is wider than the screen, and axe-core finds nothing.
async function everywhere(page, name, widths) {
  const before = page.viewport();
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const width of widths) {
      await page.setViewport({ width, height: width < 700 ? 844 : 900, isMobile: width < 700, hasTouch: width < 700 });
      await sleep(150);
      await accessible(page, name + ", " + width + " px, " + scheme);
      await shot(page, name + "-" + width + "-" + scheme);
    }
  }
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.setViewport(before);
}

// By the keyboard alone: the first decision is taken and the sheet signed off; what has the focus is seen.
async function byKeyboard(page) {
  await page.bringToFront();
  const at = () =>
    page.evaluate(() => {
      const here = document.activeElement;
      const style = getComputedStyle(here);
      const field = here.closest("label.pick");
      const outline = style.outlineStyle !== "none" || (field && getComputedStyle(field).outlineStyle !== "none");
      return { tag: here.tagName, type: here.type || "", text: here.innerText || "", group: here.name || "", outline, inside: !!here.closest("#orders") };
    });
  let decided = false, seenFocus = true;
  const way = [];
  for (let k = 0; k < 200; k++) {
    await page.keyboard.press("Tab");
    const here = await at();
    way.push(here.tag + " " + here.type + " " + here.text.slice(0, 24));
    if (here.tag !== "BODY") seenFocus = seenFocus && here.outline;
    if (!decided && here.inside && here.type === "radio") {
      await page.keyboard.press("ArrowDown");
      decided = true;
    } else if (!decided && here.inside && here.tag === "SELECT") {
      await page.keyboard.press("ArrowDown");
      decided = true;
    } else if (decided && here.tag === "BUTTON" && here.text.startsWith("Sign off: 1 decision")) {
      await page.keyboard.press("Enter");
      break;
    }
    await sleep(60);
  }
  await seen(page, "Signed off.").catch((error) => { throw new Error(error.message + "; the focus went: " + way.join(", ")); });
  check("a sheet is decided and signed off by the keyboard alone", decided);
  check("what has the focus is seen", seenFocus);
}

const seen = (page, text, time = 30000) =>
  page.waitForFunction((text) => document.body.innerText.includes(text), { timeout: time, polling: 200 }, text);

async function press(page, text) {
  await page.waitForFunction(
    (text) => Array.from(document.querySelectorAll("button")).some((b) => !b.disabled && b.innerText.includes(text)),
    { timeout: 30000, polling: 200 },
    text
  );
  await page.evaluate((text) => {
    Array.from(document.querySelectorAll("button")).find((b) => !b.disabled && b.innerText.includes(text)).click();
  }, text);
}

async function offline(page, on) {
  page.wire = page.wire || (await page.createCDPSession());
  await page.wire.send("Network.enable");
  await page.wire.send("Network.emulateNetworkConditions", { offline: on, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
}

// The server dies without a word; the same command opens it again, and every phone comes back by itself.
async function killed(before, students, sees) {
  const died = new Promise((done) => server.once("exit", done));
  server.kill("SIGKILL");
  await died;
  await students[0].waitForFunction(() => /onnect/.test(document.getElementById("line").textContent), { timeout: 30000, polling: 200 });
  const again = await serve();
  check("the same command goes on, with the same code and link", again.code === before.code && again.link === before.link);
  for (const page of students) {
    await page.waitForFunction(() => document.getElementById("line").textContent === "", { timeout: 30000, polling: 200 });
    await seen(page, sees);
  }
}

async function closeRound(teacher, round, next) {
  await press(teacher, "Close round " + round);
  await seen(teacher, next);
}

(async () => {
  const browser = await need("puppeteer-core").launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  try {
    const { code, link } = await serve();
    const base = "http://127.0.0.1:" + PORT;
    const teacher = await (await browser.createBrowserContext()).newPage();
    await teacher.setViewport({ width: 1280, height: 900 });
    teacher.on("dialog", (d) => d.accept());
    await teacher.goto(link);
    check("the teacher's secret is gone from the address", teacher.url() === base + "/teacher");
    await seen(teacher, "Students");
    const project = await teacher.browserContext().newPage();
    await project.setViewport({ width: 1920, height: 1080 });
    await project.goto(base + "/project");
    await seen(project, code);
    await shot(project, "project-join");
    await accessible(project, "project");

    const students = [];
    for (let k = 0; k < 6; k++) {
      const page = await (await browser.createBrowserContext()).newPage();
      await page.setViewport({ width: k === 5 ? 360 : 390, height: 844, isMobile: true, hasTouch: true });
      const errors = [];
      page.on("pageerror", (e) => errors.push(String(e)));
      page.on("console", (m) => /Content Security Policy/.test(m.text()) && errors.push(m.text()));
      page.problems = errors;
      await page.goto(base + "/j/" + code);
      if (k === 0) {
        await shot(page, "join");
        await accessible(page, "join");
      }
      await page.type("#name", k === 3 ? "<b>Dora & Co" : "Student " + (k + 1));
      await Promise.all([page.waitForNavigation(), page.click("button.main")]);
      await seen(page, "Your orders for round 1");
      students.push(page);
    }
    check("six students are on six teams", true);
    await seen(teacher, "6 joined");
    await seen(teacher, "<b>Dora & Co");
    await accessible(students[0], "student");
    await shot(students[0], "student-round-1");

    // A prediction each.
    for (const page of students) {
      await page.waitForSelector("#predict input[type=number]");
      await page.type("#predict input[type=number]", "40");
      await press(page, "Predict");
      await seen(page, "You said 40 %");
    }
    check("every student predicts", true);
    const shown = (page) => page.evaluate(() => document.body.innerText.includes("6 answers, on average 40 %"));
    check("nobody sees how the class predicts", !(await shown(students[0])) && !(await shown(project)));
    await press(teacher, "Show all how the class predicts");
    await seen(students[0], "6 answers, on average 40 %");
    await seen(project, "6 answers, on average 40 %");
    check("how the class predicts is shown to all", true);
    await shot(project, "project-spread");

    // A clock that every page counts down.
    await teacher.type("#now input[name=minutes]", "30");
    await press(teacher, "Set the clock");
    await seen(students[0], "Time left for round 1");
    await seen(project, "Time left for round 1");
    const left = await students[0].evaluate(() => document.querySelector("[data-left]").textContent);
    await students[0].waitForFunction((left) => document.querySelector("[data-left]").textContent !== left, { timeout: 30000, polling: 200 }, left);
    check("a clock counts down on a phone from " + left, true);

    // Each team decides something and signs off; one of them by the keyboard.
    const typist = students[4];
    await typist.setViewport({ width: 768, height: 900 });
    await byKeyboard(typist);
    for (const page of students.filter((page) => page !== typist)) {
      await page.evaluate(() => {
        const radio = document.querySelector("#orders fieldset input[type=radio]:not([value=''])");
        const select = document.querySelector("#orders fieldset select");
        if (radio) radio.click();
        else {
          select.selectedIndex = 1;
          select.dispatchEvent(new Event("change", { bubbles: true }));
        }
      });
      await press(page, "Sign off: 1 decision");
      await seen(page, "Signed off.");
    }
    await seen(teacher, "Close round 1 and play it");
    check("all six sheets are signed off", true);
    await shot(teacher, "teacher-round-1");
    await accessible(teacher, "teacher");
    await everywhere(students[0], "student", [360, 390, 768, 1280]);
    await everywhere(teacher, "teacher", [768, 1280, 1920]);
    await everywhere(project, "project", [1280, 1920]);
    const sheet = await teacher.browserContext().newPage();
    await sheet.setViewport({ width: 1280, height: 900 });
    await sheet.goto(base + "/teacher");
    const way = await sheet.evaluate(() => document.querySelector("a[href^='/teacher/sheet/']").getAttribute("href"));
    await sheet.goto(base + way);
    await seen(sheet, "Enter these orders");
    await everywhere(sheet, "sheet", [360, 1280]);
    await sheet.close();
    const packed = await teacher.evaluate(() => fetch("/teacher/export").then((r) => r.arrayBuffer()).then((b) => new TextDecoder("latin1").decode(b)));
    check("an export has the logs and no names", packed.includes("class.jsonl") && !packed.includes("Dora") && !packed.includes("secret.key"));
    await closeRound(teacher, 1, "Close round 2");
    for (const page of students) await seen(page, "Your orders for round 2");
    check("round 1 is played, and every phone shows it by itself", true);
    await shot(students[0], "student-round-2");
    await shot(project, "project-round-2");

    // A phone without network: what it sends arrives once it is back.
    const lost = students[1];
    await offline(lost, true);
    await lost.evaluate(() => {
      const radio = document.querySelector("#orders fieldset input[type=radio]:not([value=''])");
      const select = document.querySelector("#orders fieldset select");
      if (radio) radio.click();
      else {
        select.selectedIndex = 1;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
    await seen(lost, "Not sent yet");
    await shot(lost, "student-offline");
    await sleep(Number(process.env.OFFLINE || 5000));
    await offline(lost, false);
    await seen(lost, "Sign off: 1 decision");
    await press(lost, "Sign off: 1 decision");
    await seen(lost, "Signed off.");
    check("a phone that lost the network goes on", true);

    await killed({ code, link }, students, "Your orders for round 2");
    await seen(lost, "Signed off.");
    await seen(teacher, "5 teams have not signed");
    check("after a kill in mid-round everything that was signed off is there", true);

    // An event, a what-if, and the rest of the rounds.
    await teacher.evaluate(() => {
      const form = document.querySelector("#what-ifs form");
      form.requestSubmit();
    });
    await seen(students[2], "What if");
    await students[2].evaluate(() => document.querySelector("#what-if input[type=radio]").click());
    await press(students[2], "Guess");
    await seen(students[2], "Your guess");
    await killed({ code, link }, students, "What if");
    await seen(students[2], "Your guess");
    check("after a kill between guess and answer the guess is there", true);
    await press(teacher, "Show the answer");
    await seen(students[2], "runs of either world", 120000);
    await seen(students[2], "The class guessed");
    check("a what-if is guessed first and then answered", true);
    await shot(students[2], "student-what-if");

    let round = 2;
    for (; round <= 20; round++) {
      const over = await teacher.evaluate(() => document.body.innerText.includes("The talks of all groups are over"));
      if (over) break;
      await press(teacher, "Close round " + round);
      await teacher.waitForFunction(
        (next) => document.body.innerText.includes("Close round " + next) || document.body.innerText.includes("The talks of all groups are over"),
        { timeout: 60000, polling: 200 },
        round + 1
      );
    }
    check("the talks are over after round " + (round - 1), true);
    await seen(students[0], "The talks are over");

    // A vote: secret, once a student, and its outcome is shown to nobody before it is closed.
    await teacher.evaluate(() => {
      const step = Array.from(document.querySelectorAll("#lesson li")).find((li) => li.innerText.includes("A vote"));
      step.querySelector("form").requestSubmit();
    });
    for (const page of students.slice(0, 4)) {
      await seen(page, "Your vote is secret");
      await page.evaluate((which) => document.querySelectorAll("#vote input[type=radio]")[which].click(), page === students[0] ? 0 : 1);
      if (page === students[0]) await everywhere(page, "vote", [360, 390]);
      await press(page, "Vote");
      await seen(page, "You have voted.");
    }
    await seen(teacher, "4 of 6 have voted");
    const told = (page) => page.evaluate(() => document.querySelector("#vote").innerText.includes("Votes for"));
    const hidden = (await Promise.all([...students, teacher, project].map(told))).every((one) => !one);
    check("how a vote goes is shown to nobody before it is closed", hidden);
    await press(teacher, "Close the vote and show how it went");
    for (const page of [...students, teacher, project]) await page.waitForFunction(() => document.querySelector("#vote").innerText.includes("Votes for"), { timeout: 30000, polling: 200 });
    const votes = await project.evaluate(() => Array.from(document.querySelectorAll("#vote td:last-child")).map((td) => parseInt(td.innerText, 10)));
    check("a vote is counted: " + votes.join(", "), votes[0] === 1 && votes[1] === 3 && votes.slice(2).every((n) => n === 0));
    const late = await students[5].evaluate(() => document.querySelector("#vote form") !== null);
    check("who has not voted by then cannot any more", !late);
    await shot(project, "project-vote");
    await accessible(project, "project, vote");

    const early = await students[0].evaluate(() => fetch("/debrief/class").then((r) => r.status));
    check("nothing of the debriefing is shown before it is opened", early === 403);
    await teacher.evaluate(() => {
      const steps = document.querySelectorAll("#lesson li form");
      steps[steps.length - 1].requestSubmit();
    });
    await seen(students[0], "Open the debriefing");
    await students[0].goto(base + "/debrief");
    for (let k = 0; k < 200; k++) {
      if (await students[0].evaluate(() => document.body.innerText.includes("The groups side by side"))) break;
      await sleep(1000);
      await students[0].reload();
    }
    await seen(students[0], "The groups side by side");
    await seen(students[0], "you said 40%");
    await everywhere(students[0], "debriefing", [360, 1280]);
    await shot(students[0], "student-debrief");
    await accessible(students[0], "debriefing");
    await students[0].goto(base + "/debrief/class");
    await seen(students[0], "How the groups ended");
    await shot(students[0], "class-phone");
    await teacher.goto(base + "/debrief/class");
    await seen(teacher, "How the groups ended");
    await shot(teacher, "class");
    await teacher.goto(base + "/debrief/group-1");
    await shot(teacher, "group-1");
    check("the debriefing is there", fs.existsSync(path.join(room, "debrief", "class.html")));
    for (const page of students) check("no page had an error" + page.problems.join("; "), page.problems.length === 0);
    const logs = fs.readdirSync(room).filter((f) => f.endsWith(".jsonl")).map((f) => fs.readFileSync(path.join(room, f), "utf8"));
    check("no name stands in a log", logs.every((l) => !l.includes("Dora")));
    console.log("the lesson was played");
  } finally {
    if (server) server.kill("SIGKILL");
    await browser.close();
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
