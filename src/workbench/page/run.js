// One run, told round by round; why is beside every line; and the same run with the change and without it, side by side.
function runPanel(team) {
  const place = make("div", "", "panel run");
  const head = make("div", "", "row");
  const number = make("input");
  number.type = "number";
  number.min = "0";
  number.max = "4294967295";
  number.value = "0";
  const detail = choice(["brief", "normal", "full"].map((d) => [d, say(d)]), "brief", () => draw());
  const side = button(say("sideBySide"), () => { beside = !beside; open(); });
  const needs = make("p", say("sideNeeds"), "quiet");
  const inner = make("div");
  const foot = make("div", "", "actions");
  let beside = false;
  let told = null;
  let asking = 0;
  let at = 0;
  let every = true;
  let guessed = false;
  const guessing = make("input");
  guessing.type = "checkbox";
  guessing.addEventListener("change", () => { guessed = false; draw(); });

  number.addEventListener("change", () => open());
  const next = button(say("runNext"), () => { number.value = String(Number(number.value) + 1); open(); });
  put(head, field(say("runNumber"), number), next, field(say("detail"), detail), side, field(say("guessFirst"), guessing));
  put(place, make("h2", say("tabRun")), head, needs, inner, foot);

  function run() { return Math.min(4294967295, Math.max(0, Math.round(Number(number.value)) || 0)); }
  async function open() {
    const mine = (asking += 1);
    guessed = false;
    side.setAttribute("aria-pressed", String(beside));
    side.disabled = !state.changes.length && !beside;
    needs.hidden = state.changes.length > 0;
    const { what_if, set } = asked();
    if (beside && !state.changes.length) { beside = false; side.setAttribute("aria-pressed", "false"); side.disabled = true; }
    guessing.disabled = beside;
    const request = beside
      ? { ask: "pair", options: compared(1), run: run(), detail: detail.value, forms: ["fragment"] }
      : { ask: "run", what_if, set, seed: state.seed, run: run(), detail: detail.value, forms: [] };
    const answer = await team.ask(request, { first: true });
    if (mine !== asking || !answer) { return; }
    if (answer.refused) {
      inner.replaceChildren(refusal(answer));
      foot.replaceChildren();
      return;
    }
    told = answer.ok;
    at = 0;
    draw();
    const page = button(say("savePage"), async () => {
      const again = await team.ask({ ...request, forms: ["page"] });
      if (again.ok) { save(`${stem(state.name)}-run-${run()}.html`, again.ok.page, "text/html"); }
    });
    foot.replaceChildren(page, command(told.command));
  }
  const LEVELS = ["brief", "normal", "full"];
  function draw() {
    if (!told) { return; }
    if (beside) {
      if (!told.fragment) { return; }
      show(inner, told.fragment);
      return;
    }
    if (!told.rounds) { return; }
    if (guessing.checked && !guessed) { return ask(); }
    const least = LEVELS.indexOf(detail.value);
    const rounds = told.rounds.map((round) => {
      const part = make("section", "", "step");
      put(part, make("h3", `${say("round")} ${round.round}: ${round.label}`));
      const list = make("ul");
      round.said.filter((line) => LEVELS.indexOf(line.detail) <= least).forEach((line) => {
        const entry = make("li", line.text);
        if (line.why.length) {
          const why = make("details", "", "why");
          put(why, make("summary", say("why")), ...line.why.map((text) => make("p", text)));
          put(entry, why);
        }
        put(list, entry);
      });
      put(part, list.children.length ? list : make("p", say("nothing"), "quiet"));
      return part;
    });
    inner.replaceChildren(...(state.changes.length ? [make("p", say("withChanges", named()), "quiet")] : []), make("p", told.ended, "sum"), scrub(rounds), ...rounds);
  }
  function scrub(rounds) {
    const bar = make("div", "", "scrub");
    const slider = range(0, rounds.length - 1, 1);
    const now = make("output");
    const back = button(say("backRound"), () => to(at - 1));
    const on = button(say("onRound"), () => { const first = every; every = false; to(first ? at : at + 1); });
    const whole = button(say("allRounds"), () => { every = !every; to(at); });
    slider.addEventListener("input", () => { every = false; to(Number(slider.value)); });
    function to(where) {
      at = Math.max(0, Math.min(rounds.length - 1, where));
      slider.value = String(at);
      slider.setAttribute("aria-valuetext", rounds[at] ? rounds[at].firstChild.textContent : "");
      rounds.forEach((one, k) => { one.hidden = !every && k !== at; });
      now.textContent = every || !rounds[at] ? "" : rounds[at].firstChild.textContent;
      back.disabled = every || at === 0;
      on.disabled = !every && at === rounds.length - 1;
      whole.setAttribute("aria-pressed", String(every));
    }
    put(bar, put(field(say("round"), slider), now), back, on, whole);
    to(at);
    return bar;
  }
  // The ending is guessed before anything is read.
  function ask() {
    const form = make("div", "", "ask");
    const [share, now] = guesses.slider();
    const outcomes = state.list ? state.list.outcomes : [];
    const list = choice(outcomes.map((o) => [o.id, o.title]), outcomes[0] && outcomes[0].id, () => {});
    const go = button(say("guessSay"), () => {
      const probability = Number(share.value) / 100;
      const error = guesses.event(list.value, probability, told.outcome === list.value, state.seed, run(), guesses.changed());
      const title = (id) => (outcomes.find((o) => o.id === id) || { title: id }).title;
      guessed = true;
      draw();
      const said = make("p", say("guessEventWas", percent(probability), title(list.value), title(told.outcome), error.toFixed(3)), "told");
      said.setAttribute("role", "status");
      inner.prepend(said);
    });
    put(form, make("p", say("guessEvent")), field(say("guessOutcome"), list), put(field(say("guessShare"), share), now), go);
    inner.replaceChildren(form);
  }
  detail.addEventListener("change", () => { if (beside) { open(); } });
  return { place, open, listed() { if (state.tab === "run") { open(); } }, pair(which) { number.value = String(which); beside = true; } };
}
