// The draft: an option for every item, and what every party makes of it, now and in every round, and what becomes of such a text.
const DRAFT_RUNS = 400;

function draftPanel(team) {
  const place = make("div", "", "panel draft");
  const head = make("div", "", "row");
  const text = make("div", "", "text");
  const inner = make("div");
  inner.setAttribute("aria-live", "polite");
  put(place, make("h2", say("tabDraft")), make("p", say("draftHelp"), "quiet"), head, text, inner);
  const draft = state.draft;
  let asking = 0;

  function listed() {
    const tracks = state.list.tracks;
    if (!tracks.some((t) => t.id === draft.track)) {
      draft.track = tracks.length ? tracks[0].id : null;
      draft.options = [];
      draft.round = 1;
    }
    head.replaceChildren(field(say("draftTrack"), choice(tracks.map((t) => [t.id, t.title]), draft.track, (id) => {
      draft.track = id;
      draft.options = [];
      look();
    })));
    if (state.tab === "draft") { look(); }
  }
  async function look() {
    if (!draft.track) { return; }
    const mine = (asking += 1);
    const { what_if, set } = asked();
    const request = { ask: "draft", what_if, set, seed: state.seed, runs: DRAFT_RUNS, ...draft };
    let answer = await team.ask(request, { first: true });
    if (answer && answer.refused && draft.options.length) {
      // The agenda is another one than it was.
      draft.options = [];
      draft.round = 1;
      answer = await team.ask({ ...request, ...draft }, { first: true });
    }
    if (mine !== asking || !answer) { return; }
    if (answer.refused) { text.replaceChildren(); inner.replaceChildren(refusal(answer)); return; }
    draw(answer.ok);
  }
  function draw(told) {
    draft.options = told.items.map((item) => item.options[item.option].id);
    draft.round = told.round;
    if (state.tab === "draft") { keepAddress(); }
    const round = range(1, told.rounds.length, 1);
    round.value = String(told.round);
    const now = make("output", `${told.round}: ${told.rounds[told.round - 1]}`);
    round.setAttribute("aria-valuetext", now.textContent);
    round.addEventListener("input", () => { now.textContent = `${round.value}: ${told.rounds[Number(round.value) - 1]}`; });
    round.addEventListener("change", () => { draft.round = Number(round.value); look(); });
    const items = told.items.map((item, k) => {
      const list = choice(item.options.map((o) => [o.id, o.title]), draft.options[k], (id) => { draft.options[k] = id; look(); });
      list.dataset.item = item.id;
      return field(item.title, list);
    });
    const kept = document.activeElement && document.activeElement.dataset.item;
    text.replaceChildren(put(make("div", "", "items"), ...items), put(field(say("draftRound"), round), now));
    if (kept) { focusOn(text.querySelector(`[data-item="${CSS.escape(kept)}"]`)); }
    const all = told.seats.every((s) => s.signs);
    const sum = make("p", all ? say("draftAll") : say("draftNot", told.seats.filter((s) => !s.signs).map((s) => s.title).join(", ")), "sum");
    const changed = state.changes.length ? [make("p", say("withChanges", named()), "quiet")] : [];
    inner.replaceChildren(...changed, sum, verdicts(told), improve(told), frontier(told), rounds(told), after(told));
  }
  function table(caption, columns, rows) {
    const grid = put(make("table"), make("caption", caption));
    const top = make("tr");
    columns.forEach((c, k) => put(top, heading(c, "col", k && !(rows[0] && typeof rows[0][k] !== "string") ? "n" : "")));
    put(grid, put(make("thead"), top));
    const lines = make("tbody");
    rows.forEach((row) => {
      const line = make("tr");
      row.forEach((c, k) => {
        const text = typeof c === "string";
        put(line, !k ? heading(c, "row") : text ? make("td", c, c.length < 14 ? "n" : "") : put(make("td"), c));
      });
      put(lines, line);
    });
    return scrolled(caption, put(grid, lines));
  }
  const tenth = (points) => points.toFixed(1);
  function verdicts(told) {
    const rows = told.seats.map((s) => {
      const share = (points) => tenth((100 * points) / Math.max(s.of, 1e-9));
      const verdict = make("div");
      put(verdict, make("b", say(s.signs ? s.content ? "draftContent" : "draftSigns" : "draftRefuses")));
      s.red_lines.forEach((item) => put(verdict, make("p", say("draftRedLine", item))));
      if (!s.signs && !s.red_lines.length) { put(verdict, make("p", say("draftShort", share(Math.max(0, s.alternative - s.sees))))); }
      s.fears.forEach((f) => put(verdict, make("p", say("draftFears", f.item, share(f.points)))));
      return [s.title, verdict, share(s.sees), share(s.alternative), share(s.needs)];
    });
    return table(say("draftVerdicts", told.round), ["draftWho", "draftVerdict", "draftSees", "draftAlternative", "draftNeeds"].map((k) => say(k)), rows);
  }
  function improve(told) {
    const box = make("section");
    put(box, make("h3", say("draftImprove")));
    const found = told.improvement;
    if (!found) {
      put(box, make("p", say(told.seats.every((s) => s.signs) ? "draftAllSign" : "draftNoStep")));
      return box;
    }
    const list = make("ul");
    found.changes.forEach((c) => put(list, make("li", say("draftStep", c.title, c.to, c.from))));
    const take = button(say("draftTake"), () => {
      found.changes.forEach((c) => { draft.options[c.item] = told.items[c.item].options[c.option].id; });
      look();
    });
    put(box, make("p", say("draftWins", found.wins.join(", "))), list, take);
    return box;
  }
  function frontier(told) {
    const box = make("section");
    const f = told.frontier;
    put(box, make("h3", say("draftPlace")));
    const barred = told.seats.some((s) => s.red_lines.length);
    put(box, make("p", f.unknown ? say("draftUnknown", f.unknown) : say(barred ? "draftBarred" : f.efficient ? "draftEfficient" : "draftInefficient")));
    if (f.better) {
      put(box, make("p", say("draftBetter", told.seats.map((s, k) => `${s.title} ${tenth(f.utilities[k])} \u2192 ${tenth(f.better[k])}`).join("; "))));
    }
    f.pictures.forEach((drawn) => { const picture = make("div"); show(picture, drawn); put(box, picture); });
    return box;
  }
  function rounds(told) {
    const share = (n, of) => (of ? Math.round((100 * n) / of) + "%" : "\u2013");
    const rows = told.rounds.map((label, r) => [`${r + 1}: ${label}`, ...told.seats.map((_, k) => share(told.signs[r][k], told.going[r])), share(told.all[r], told.going[r]), share(told.going[r], told.runs)]);
    return table(say("draftRounds", told.runs), [say("round"), ...told.seats.map((s) => s.title), say("draftEverybody"), say("draftGoing")], rows);
  }
  function after(told) {
    const box = make("section");
    put(box, make("h3", say("draftAfter")), make("p", say("draftPut", told.round, told.put, told.runs)));
    const share = (n) => (told.put ? Math.round((100 * n) / told.put) + "%" : "\u2013");
    const last = told.rounds.length - 1;
    const first = (list, n) => { const at = list.findIndex((v) => v * 2 >= n); return n && at >= 0 ? String(at + 1) : "\u2013"; };
    const rows = told.texts.map((t) => [t.title, share(t.signed[last]), first(t.signed, t.signed[last]), share(t.broken[last]), first(t.broken, t.broken[last]),
      make("span", t.ends.map(([state, n]) => `${state.replace(/-/g, " ")} ${share(n)}`).join(", "))]);
    put(box, table(say("draftTexts"), ["draftText", "draftSigned", "draftBy", "draftBroken", "draftBy", "draftEnds"].map((k) => say(k)), rows));
    return box;
  }
  return { place, open: look, listed };
}
