// The answer to what is changed: at once from few runs, then from more until its intervals are narrow.
// After how many runs is said in the page, with the first answer as it stands.
const OPENING = JSON.parse(block("first"));
const LOOKS = OPENING.looks;
// The widest interval of a difference or a share that is narrow enough.
const NARROW = 0.02;

function answerPanel(team, onPair) {
  const place = make("section", "", "result");
  place.id = "answer";
  place.setAttribute("aria-label", say("tabChange"));
  const strip = make("button", "", "strip");
  strip.type = "button";
  strip.addEventListener("click", () => place.scrollIntoView());
  const status = make("p", say("starting"), "status");
  status.setAttribute("role", "status");
  const inner = make("div");
  const foot = make("div", "", "actions");
  put(place, status, inner, foot);
  let token = 0;
  let open = false;
  let kept = { asks: "", counts: null, played: 0 };

  function study() {
    const { what_if, set } = asked();
    const limit = LOOKS[LOOKS.length - 1] * state.more;
    return what_if || set.length
      ? { study: "what-if", options: compared(limit) }
      : { study: "ensemble", options: { runs: limit, seed: state.seed } };
  }
  // The first look at the scenario as it stands was taken when the page was written.
  function opening(question, until) {
    const first = until === LOOKS[0] && question.study === "ensemble" && question.options.runs === LOOKS[LOOKS.length - 1];
    return first && state.text === state.first && question.options.seed === OPENING.seed && OPENING.told ? { ok: OPENING.told } : null;
  }
  async function play() {
    team.forget(token);
    const mine = (token += 1);
    const question = study();
    const asks = JSON.stringify([state.text, state.changes, state.seed]);
    const last = LOOKS[LOOKS.length - 1] * state.more;
    // What has been played of the same question is not played again.
    let { counts, played } = kept.asks === asks && kept.played < last ? kept : { counts: null, played: 0 };
    place.classList.add("old");
    if (!played) { strip.textContent = say("reckoning"); }
    const looks = [...new Set([...LOOKS, last])].filter((look) => look > played);
    for (const until of looks) {
      const told = opening(question, until) || await team.study(question, played, until, counts, ["answer", "json"], mine);
      if (mine !== token || !told) { return; }
      if (told.refused) {
        place.classList.remove("old");
        status.textContent = "";
        inner.replaceChildren(refusal(told));
        foot.replaceChildren();
        return;
      }
      counts = told.ok.counts || null;
      // The opening has no counts: what it tells is played again with the next look.
      played = counts ? until : 0;
      kept = { asks, counts, played };
      const found = JSON.parse(told.ok.json);
      const width = tell(question, told.ok, found);
      // A guess is compared with all runs: a difference is known sooner than a share.
      const enough = width <= NARROW && state.more === 1 && !guesses.on();
      const done = enough || until === last;
      status.textContent = (done ? say("worked", until.toLocaleString("en"), state.seed) : say("working", until.toLocaleString("en")))
        + (team.workers === 0 ? " " + say("noWorkers") : "");
      place.dataset.runs = String(until);
      if (done) {
        place.dataset.done = String(mine);
        return;
      }
    }
  }
  function tell(question, told, found) {
    place.classList.remove("old");
    const all = make("details", "", "all");
    all.open = open;
    const rest = make("div");
    // Pictures and tables of all that was found are asked for when somebody looks at them.
    all.addEventListener("toggle", async () => {
      open = all.open;
      if (!open || rest.firstChild) { return; }
      const whole = await again(question, told, "fragment");
      if (!whole || !whole.ok) { return; }
      show(rest, whole.ok.fragment);
      all.querySelectorAll(".answer").forEach((again) => again.remove());
    });
    put(all, make("summary", say("moreOn")), rest);
    const answer = make("div");
    show(answer, told.answer);
    const first = answer.querySelector(".answer");
    const parts = [first || answer];
    // The figures, then what they come to in a sentence.
    const sum = first && first.querySelector(".sum");
    const bars = first && first.querySelector(".bars");
    if (sum && bars) { first.insertBefore(bars, sum); }
    let width = 0;
    if (question.study === "what-if") {
      const effect = found.answers[0].effect;
      if (first) { first.querySelector("h2").textContent = question.options.set ? say("question") : say("questionOf", named()); }
      const rows = effect.outcomes.filter((o) => o.baseline > 0 || o.changed > 0);
      width = Math.max(0, ...rows.map((o) => o.high - o.low));
      parts.push(differences(rows));
      const flips = effect.flips.slice(0, 3);
      if (flips.length) {
        const look = make("p", say("seePairs") + " ", "pairs");
        flips.forEach((f) => put(look, button(say("seePair", f.example), () => onPair(f.example)), " "));
        parts.push(look);
      }
      const most = [...rows].sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
      strip.textContent = most ? `${most.title}: ${percent(most.baseline)} \u2192 ${percent(most.changed)} (${signed(most.difference)})` : "";
    } else {
      const rows = found.summary.outcomes.map((o) => ({ title: o.title, ...o.share }));
      width = Math.max(0, ...rows.map((o) => o.high - o.low));
      const most = [...rows].sort((a, b) => b.share - a.share)[0];
      strip.textContent = most ? `${most.title}: ${percent(most.share)}` : "";
    }
    parts.push(all);
    inner.replaceChildren(...parts);
    const page = button(say("savePage"), () => savePage(question, told));
    const more = button(say("more"), () => { state.more *= 4; play(); });
    foot.replaceChildren(page, more, command(told.command));
    guesses.reveal(question, found);
    return width;
  }
  // What was told, in another form.
  async function again(question, told, form) {
    const known = told.counts ? { ok: told } : await team.study(question, 0, told.runs, null, []);
    return known && known.ok && team.ask({ ask: "tell", study: question, counts: [known.ok.counts], forms: [form] }, { first: true });
  }
  async function savePage(question, answer) {
    const told = await again(question, answer, "page");
    if (told && told.ok) { save(`${stem(state.name)}-${question.study}.html`, told.ok.page, "text/html"); }
  }
  return { place, strip, play: () => { state.more = 1; return play(); } };
}
const stem = (name) => name.replace(/^.*[\\/]/, "").replace(/\.toml$/, "") || "talks";

// Every outcome before and after, with the signed difference and its interval as a bar from the middle.
function differences(rows) {
  const table = make("table", "", "differences");
  put(table, make("caption", say("difference")));
  const head = make("tr");
  ["columnOutcome", "columnBefore", "columnAfter", "columnDifference", "columnInterval"].forEach((key, k) => put(head, heading(say(key), "col", k ? "n" : "")));
  put(table, put(make("thead"), head));
  const lines = make("tbody");
  const most = Math.max(0.05, ...rows.map((o) => Math.max(Math.abs(o.low), Math.abs(o.high))));
  rows.forEach((o) => {
    const row = make("tr");
    const clear = o.low > 0 || o.high < 0;
    const change = make("td", "", "n");
    const bar = make("span", "", "swing" + (clear ? o.difference < 0 ? " less" : " more" : ""));
    bar.style.setProperty("--at", String(Math.min(0, o.difference) / most));
    bar.style.setProperty("--of", String(Math.abs(o.difference) / most));
    put(change, bar, make("b", signed(o.difference)));
    const between = make("td", `${signed(o.low)} to ${signed(o.high)}`, "n");
    if (!clear) { put(between, " ", make("span", say("unsure"), "quiet")); }
    put(row, heading(o.title, "row"), make("td", percent(o.baseline), "n"), make("td", percent(o.changed), "n"), change, between);
    put(lines, row);
  });
  return scrolled(say("difference"), put(table, lines));
}
