// Plays a lesson as a class would: a teacher, six students at phone size, a phone without network, a server killed in mid-round.
// node class.js MODULES BROWSER BARAZA FOLDER [SHOTS]
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
const room = path.join(folder, "class");
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
let server = null;

function check(what, holds) {
  if (!holds) throw new Error("not so: " + what);
  console.log("  " + what);
}

async function serve() {
  server = spawn(baraza, ["serve", SCENARIO, "--groups", "2", "--folder", room, "--port", String(PORT), "--bind", "127.0.0.1"], {
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

async function closeRound(teacher, round, next) {
  await press(teacher, "Close round " + round);
  await seen(teacher, next);
}

(async () => {
  const browser = await need("puppeteer-core").launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  try {
    let { code, link } = await serve();
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

    // Each team decides something and signs off.
    for (const page of students) {
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

    // The server is killed in mid-round.
    const died = new Promise((done) => server.once("exit", done));
    server.kill("SIGKILL");
    await died;
    await students[0].waitForFunction(() => /onnect/.test(document.getElementById("line").textContent), { timeout: 30000, polling: 200 });
    const again = await serve();
    check("the same command goes on, with the same code and link", again.code === code && again.link === link);
    for (const page of students) {
      await page.waitForFunction(() => document.getElementById("line").textContent === "", { timeout: 30000, polling: 200 });
      await seen(page, "Your orders for round 2");
    }
    await seen(lost, "Signed off.");
    await seen(teacher, "5 teams have not signed");
    check("after a kill everything that was signed off is there", true);

    // An event, a what-if, and the rest of the rounds.
    await teacher.evaluate(() => {
      const form = document.querySelector("#what-ifs form");
      form.requestSubmit();
    });
    await seen(students[2], "What if");
    await students[2].evaluate(() => document.querySelector("#what-if input[type=radio]").click());
    await press(students[2], "Guess");
    await seen(students[2], "Your guess");
    await press(teacher, "Show the answer");
    await seen(students[2], "runs of either world", 120000);
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
