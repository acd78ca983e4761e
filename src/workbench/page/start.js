// The page: unpacks the library, sets it to work, and shows one part at a time.
async function unpack() {
  const text = atob(block("library"));
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k += 1) { bytes[k] = text.charCodeAt(k); }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(stream).arrayBuffer());
}
// Where there is no WebAssembly, the what-ifs that were computed when the page was written.
function fallBack(why) {
  const main = document.getElementById("main");
  const note = make("p", say("unpackFailed", why));
  main.replaceChildren(put(make("div", "", "note"), note));
  document.querySelectorAll(".strip").forEach((strip) => strip.remove());
  const still = make("div");
  put(main, still);
  show(still, document.getElementById("still").textContent);
}
async function begin() {
  const scenario = JSON.parse(block("scenario"));
  state.name = scenario.name;
  state.first = state.text = scenario.text;
  readAddress();
  const team = crew(block("worker"));
  const main = document.getElementById("main");
  main.replaceChildren();
  const panels = { change: make("div", "", "panel change") };
  const controls = make("div", "", "controls");
  const answer = answerPanel(team, (run) => { runs.pair(run); go("run"); });
  const changing = changePanel(controls);
  put(panels.change, answer.place, controls);
  const runs = runPanel(team);
  panels.run = runs.place;
  const drafts = draftPanel(team);
  panels.draft = drafts.place;
  const file = filePanel(team, taken);
  panels.file = file.place;
  guesses.start(answer.place);

  const tabs = make("nav", "", "tabs");
  tabs.setAttribute("aria-label", say("tabs"));
  const names = { change: "tabChange", run: "tabRun", draft: "tabDraft", file: "tabFile" };
  const presses = Object.keys(names).map((tab) => {
    const press = button(say(names[tab]), () => { go(tab); window.scrollTo(0, 0); });
    press.dataset.tab = tab;
    return put(tabs, press) && press;
  });
  put(main, tabs, ...Object.values(panels));
  put(document.body, answer.strip);
  const opened = { run: runs.open, draft: drafts.open, file: file.open };
  function go(tab) {
    turn(tab);
    if (opened[state.tab]) { opened[state.tab](); }
    keepAddress();
  }
  function turn(tab) {
    state.tab = panels[tab] ? tab : "change";
    tab = state.tab;
    Object.keys(panels).forEach((one) => { panels[one].hidden = one !== tab; });
    presses.forEach((press) => { if (press.dataset.tab === tab) { press.setAttribute("aria-current", "page"); } else { press.removeAttribute("aria-current"); } });
    document.body.dataset.tab = tab;
  }
  turn(state.tab);
  let asks = "";
  listeners.push(later(150, () => {
    const question = JSON.stringify([state.changes, state.seed]);
    if (question === asks) { return; }
    asks = question;
    answer.play();
    if (opened[state.tab] && state.tab !== "file") { opened[state.tab](); }
  }));
  window.addEventListener("hashchange", () => { readAddress(); go(state.tab); listeners.forEach((l) => l()); });

  // What a changed text asks for: everything anew.
  async function taken(text, name) {
    state.text = text;
    state.name = name;
    const told = await team.load({ ask: "load", name, text });
    if (told && told.ok && told.ok.sound) {
      document.querySelector("h1").textContent = told.ok.title;
      const before = state.changes;
      state.changes = [];
      await list();
      state.changes = carried(before);
      moved();
      answer.play();
    }
    return told;
  }
  async function list() {
    const listed = await team.ask({ ask: "list" });
    if (!listed || listed.refused) { return; }
    state.list = JSON.parse(listed.ok);
    changing.listed();
    guesses.listed();
    runs.listed();
    drafts.listed();
  }
  // What-ifs of an address have to be known before they can be put together into settings.
  const several = state.changes.length > 1 && state.changes.some((c) => c.whatIf);
  asks = JSON.stringify([state.changes, state.seed]);
  let answered = several || answer.play();
  try {
    await team.start(await unpack(), { ask: "load", name: state.name, text: state.text });
  } catch (error) {
    fallBack(String(error && error.message || error));
    return;
  }
  await list();
  if (several) { answered = answer.play(); }
  if (state.tab === "file") { file.open(); }
  await answered;
}
begin();
