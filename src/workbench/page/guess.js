// Guess first: the answer stays covered until a probability is given. Guesses are kept in the page until they are saved as a file,
// which `baraza debrief --predictions` reads.
const guesses = (function () {
  const made = [];
  const who = make("input");
  who.type = "text";
  let place = null;
  let on = false;
  let pending = null;
  const bar = make("section", "", "guessing-bar");
  const asking = make("form", "", "ask");
  const told = make("p", "", "told");
  told.setAttribute("role", "status");
  const scores = make("details");
  let outcome = "";

  const key = () => JSON.stringify([state.changes, state.seed]);
  const changed = () => (state.changes.length ? settings().map(([p, v]) => `${p}=${v}`).join("; ") || state.changes[0].whatIf : "");
  function start(answer) {
    place = answer;
    const box = make("input");
    box.type = "checkbox";
    box.addEventListener("change", () => {
      on = box.checked;
      pending = on ? key() : null;
      draw();
    });
    put(bar, field(say("guessFirst"), box), asking, told, scores);
    place.prepend(bar);
    asking.addEventListener("submit", (event) => event.preventDefault());
    listeners.push(() => {
      if (said && said.key !== key()) { told.textContent = ""; }
      if (on && pending !== key()) { pending = key(); draw(); bar.scrollIntoView({ block: "nearest" }); }
    });
    draw();
  }
  function slider() {
    const share = range(0, 100, 1);
    const now = make("output", "50%");
    share.value = "50";
    share.addEventListener("input", () => { now.textContent = share.value + "%"; });
    return [share, now];
  }
  function draw() {
    const covered = on && pending !== null;
    place.classList.toggle("covered", covered);
    asking.hidden = !covered;
    if (covered && state.list) {
      const [share, now] = slider();
      const list = choice(state.list.outcomes.map((o) => [o.id, o.title]), outcome, (id) => { outcome = id; });
      outcome = list.value;
      const go = button(say("guessSay"), () => guess(Number(share.value) / 100));
      asking.replaceChildren(make("p", say("guessAsk", say(state.changes.length ? "guessChanged" : "guessAsIs"))),
        field(say("guessOutcome"), list), put(field(say("guessShare"), share), now), go);
    }
    drawScores();
  }
  // What was said is compared with what is known: at once, and once more when more runs have been played.
  let said = null;
  let known = null;
  function guess(probability) {
    said = { who: who.value, kind: "share", question: outcome, outcome: null, set: changed(), seed: state.seed, round: 0, probability, key: key() };
    made.push(said);
    pending = null;
    draw();
    compare();
    told.focus();
  }
  function compare() {
    if (!said || !known || known.key !== said.key) { return; }
    const share = known.shares.get(said.question);
    if (share === undefined) { return; }
    said.outcome = share;
    const off = said.probability - share;
    told.textContent = say("guessWas", percent(said.probability), percent(share), Math.abs(off * 100).toFixed(1), (off * off).toFixed(3));
    drawScores();
  }
  function reveal(question, found) {
    const rows = question.study === "what-if"
      ? found.answers[0].effect.outcomes.map((o) => [o.id, o.changed])
      : found.summary.outcomes.map((o) => [o.id, o.share.share]);
    known = { key: key(), shares: new Map(rows) };
    compare();
  }
  // An event: something that did or did not come about in one run.
  function event(question, probability, happened, seed, run, set) {
    const outcome = happened ? 1 : 0;
    made.push({ who: who.value, kind: "event", question, outcome, set, seed, run, round: 1, probability });
    drawScores();
    return (probability - outcome) ** 2;
  }
  function drawScores() {
    const known = made.filter((g) => g.outcome !== null);
    const error = known.map((g) => (g.probability - g.outcome) ** 2);
    const mean = (list) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
    const half = mean(known.map((g) => (0.5 - g.outcome) ** 2));
    const summary = make("summary", say("guessScores"));
    const saving = button(say("guessSave"), () => save(`${stem(state.name)}-guesses.csv`, csv(), "text/csv"));
    saving.disabled = !made.length;
    const open = scores.open;
    scores.replaceChildren(summary, field(say("guessWho"), who),
      make("p", known.length ? say("guessMean", known.length, mean(error).toFixed(3), half.toFixed(3)) : say("guessNone")), saving);
    scores.open = open;
    scores.hidden = !on && !made.length;
  }
  function csv() {
    const columns = ["who", "kind", "question", "outcome", "set", "seed", "round", "probability"];
    const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, "\"\"")}"` : text);
    const rows = made.filter((g) => g.outcome !== null).map((g) => columns.map((c) => cell(String(g[c]))).join(","));
    return [columns.join(","), ...rows].join("\r\n") + "\r\n";
  }
  return { start, on: () => on, reveal, event, slider, changed, listed: draw, csv };
})();
