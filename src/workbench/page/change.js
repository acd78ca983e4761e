// What can be changed: the file's what-ifs as buttons, and every quantity, found by a word or through its agent.
const KINDS = Object.keys(WORDS.kinds);
const SHOWN = 12;

function changePanel(panel) {
  const stack = make("section", "", "stack");
  const ifs = make("section", "", "ifs");
  const finder = make("section", "", "finder");
  const found = make("div", "", "found");
  const count = make("p", "", "quiet");
  count.setAttribute("role", "status");
  const word = make("input");
  word.type = "search";
  word.placeholder = say("findHelp");
  const texts = make("input");
  texts.type = "checkbox";
  let agents = make("select");
  let most = SHOWN;
  const names = new Map();

  function name(path) {
    const parts = path.split(".");
    return names.get(parts.slice(0, 2).join(".")) || parts[1] || parts[0];
  }
  function draw() {
    drawStack();
    drawIfs();
  }
  function drawStack() {
    const parts = [make("h2", say("changes"))];
    const own = state.text !== state.first;
    if (own) { parts.push(make("p", say("ownText"), "note")); }
    if (!state.changes.length && !own) { parts.push(make("p", say("noChanges"), "quiet")); }
    const list = make("ol");
    state.changes.forEach((one, k) => {
      const entry = make("li");
      const what = nameOf(one);
      const undo = button(say("undo"), () => {
        state.changes.splice(k, 1);
        moved();
        focusOn(stack.querySelector("button"));
      });
      undo.setAttribute("aria-label", say("undoOne", what));
      put(entry, one.path ? put(make("span"), make("b", described(one.path)), make("code", what)) : make("b", what), undo);
      if (one.whatIf && whatIf(one.whatIf)) { whatIf(one.whatIf).set.forEach((s) => put(entry, make("p", moves(s), "quiet"))); }
      put(list, entry);
    });
    if (state.changes.length) { parts.push(list); }
    const actions = make("div", "", "actions");
    if (state.changes.length > 1) { put(actions, button(say("undoAll"), () => { state.changes = []; moved(); })); }
    const link = button(say("share"), () => copy(location.href.replace(/#.*$/, "") + address(), link));
    link.disabled = own;
    const seed = make("input");
    seed.type = "number";
    seed.min = "0";
    seed.step = "1";
    seed.max = String(Number.MAX_SAFE_INTEGER);
    seed.value = String(state.seed);
    seed.addEventListener("change", () => {
      state.seed = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(Number(seed.value)) || 0));
      moved();
    });
    put(actions, link, field(say("seed"), seed), button(say("otherLuck"), () => { state.seed += 1; moved(); }));
    parts.push(actions);
    if (location.protocol === "file:" && !own) { parts.push(make("p", say("shareFile"), "quiet")); }
    stack.replaceChildren(...parts);
  }
  // What a what-if sets: from what to what.
  function moves(s) {
    const p = state.list.paths.find((one) => one.path === s.path) || {};
    return `${described(s.path)}: ${shorten(bare(p.value || p.otherwise || say("notSet")))} \u2192 ${shorten(bare(s.value))}`;
  }
  function described(path) {
    const setting = state.list && state.list.paths.find((p) => p.path === path);
    return setting ? `${name(path)}: ${plain(setting)}` : path;
  }
  function drawIfs() {
    const parts = [make("h2", say("whatIfs"))];
    const all = state.list ? state.list.what_ifs : [];
    if (state.list && !all.length) { parts.push(make("p", say("noWhatIfs"), "quiet")); }
    const row = make("div", "", "row");
    all.forEach((one) => {
      const press = button(one.title, () => {
        toggle(one.id);
        focusOn([...ifs.querySelectorAll("button")].find((b) => b.textContent === one.title));
      });
      press.setAttribute("aria-pressed", String(state.changes.some((c) => c.whatIf === one.id)));
      press.title = alone(one.id) ? say("whatIfAlone") : one.question || "";
      put(row, press);
    });
    parts.push(row);
    const asks = state.changes.map((c) => c.whatIf && whatIf(c.whatIf)).filter((w) => w && w.question);
    asks.forEach((w) => parts.push(put(make("blockquote", "", "question"), make("p", w.question))));
    ifs.replaceChildren(...parts);
  }
  function drawAgents() {
    const pairs = [["", say("anyAgent")]];
    const seen = new Set();
    state.list.paths.forEach((p) => {
      const parts = p.path.split(".");
      if ((parts[2] === "title" || parts[2] === "name") && parts.length === 3 && p.value) { names.set(parts.slice(0, 2).join("."), bare(p.value)); }
    });
    agents = make("select");
    put(agents, new Option(pairs[0][1], ""));
    KINDS.forEach((kind) => {
      const group = make("optgroup");
      group.label = WORDS.kinds[kind];
      state.list.paths.forEach((p) => {
        const parts = p.path.split(".");
        const key = p.pattern.split(".")[1] === "ID" ? parts.slice(0, 2).join(".") : parts[0];
        if (parts[0] !== kind || seen.has(key)) { return; }
        seen.add(key);
        put(group, new Option(key === kind ? WORDS.kinds[kind] : name(key), key));
      });
      if (group.children.length) { put(agents, group); }
    });
    agents.addEventListener("change", () => { most = SHOWN; drawFound(); });
    finder.replaceChildren(make("h2", say("find")),
      put(make("div", "", "row"), field(say("find"), word), field(say("agent"), agents), field(say("texts"), texts)), count, found);
  }
  function matches() {
    const words = word.value.toLowerCase().split(/\s+/).filter(Boolean);
    const agent = agents.value;
    // Where nothing is looked for, the numbers of the parties come first.
    return state.list.paths.filter((p) => {
      if (!texts.checked && !movable(p)) { return false; }
      if (agent && p.path !== agent && !p.path.startsWith(agent + ".")) { return false; }
      const text = `${p.path} ${name(p.path)} ${plain(p)} ${p.note}`.toLowerCase();
      return words.every((w) => text.includes(w));
    }).sort((a, b) => rank(a, words) - rank(b, words));
  }
  // What is called so comes before what only speaks of it.
  function rank(p, words) {
    const last = p.path.split(".").slice(1).join(" ");
    const order = KINDS.indexOf(p.path.split(".")[0]);
    return (words.length && words.every((w) => last.includes(w)) ? 0 : 100) + (p.value === null ? 30 : 0) + (order < 0 ? 20 : order);
  }
  function drawFound() {
    if (!state.list) { return; }
    const all = matches();
    count.textContent = say("found", all.length);
    found.replaceChildren(...all.slice(0, most).map((p) => control(p, name(p.path))));
    if (all.length > most) { put(found, button(say("showMore", Math.min(SHOWN * 2, all.length - most)), () => { most += SHOWN * 2; drawFound(); })); }
  }
  word.addEventListener("input", later(120, () => { most = SHOWN; drawFound(); }));
  texts.addEventListener("change", drawFound);
  listeners.push(() => { draw(); refreshControls(found); });
  put(panel, stack, ifs, finder);
  draw();
  return { listed() { drawAgents(); draw(); drawFound(); } };
}
function focusOn(part) {
  if (part) { part.focus({ preventScroll: true }); }
}
// What a slider, a choice or a switch can move.
function movable(p) {
  return ["whole", "number", "days", "flag", "level", "word", "id"].includes(p.kind);
}
function plain(p) {
  const parts = p.path.split(".");
  return (p.pattern.split(".")[1] === "ID" ? parts.slice(2) : parts.slice(1)).join(" \u203a ").replace(/[_-]/g, " ") || parts.join(" ");
}
function current(p) {
  const found = settings().find(([path]) => path === p.path);
  return found ? found[1] : p.value;
}
// The controls of one quantity: its name, what moves it, the file's value, its note and its source.
function control(p, agent) {
  const card = make("div", "", "quantity");
  card.dataset.path = p.path;
  const now = make("output", "", "now");
  const act = (value) => change(p.path, value);
  const moves = mover(p, act, now);
  const label = make("label");
  put(label, put(make("span", "", "name"), make("b", plain(p)), make("span", agent, "quiet")), moves.part);
  const file = make("p", p.value === null ? say("fileSilent", p.otherwise || "\u2013") : say("fileHas", shorten(bare(p.value))), "quiet");
  const back = button(say("back"), () => { act(null); });
  put(card, put(make("div", "", "head"), label, now), put(make("div", "", "row"), file, back));
  const more = make("details");
  put(more, make("summary", shorten(p.note, 90)), make("p", p.note), make("p", p.takes, "quiet"), make("code", p.path));
  if (p.remark) { put(more, make("p", p.remark)); }
  if (p.source) { put(more, make("p", say("source", p.source), "quiet")); }
  put(card, more);
  card.refresh = () => {
    const changed = settings().some(([path]) => path === p.path);
    card.classList.toggle("changed", changed);
    back.hidden = !changed;
    moves.set(current(p));
  };
  card.refresh();
  return card;
}
function refreshControls(found) {
  all(".quantity", found).forEach((card) => card.refresh());
}
const shorten = (text, most = 60) => (text.length > most ? text.slice(0, most - 1) + "\u2026" : text);

// What moves a quantity of its kind, and how it is set.
function mover(p, act, now) {
  const words = p.words || [];
  if (p.kind === "flag") {
    const box = make("input");
    box.type = "checkbox";
    box.addEventListener("change", () => act(String(box.checked)));
    return { part: box, set: (value) => { box.checked = value === "true"; now.textContent = say(value === "true" ? "yes" : "no"); } };
  }
  if (words.length && p.step) {
    const slider = range(0, words.length - 1, 1);
    const told = () => bare(words[Number(slider.value)]);
    slider.addEventListener("input", () => { now.textContent = told(); slider.setAttribute("aria-valuetext", told()); });
    slider.addEventListener("change", () => act(told()));
    return { part: slider, set: (value) => {
      const at = words.indexOf(bare(value));
      slider.value = String(Math.max(0, at));
      now.textContent = at < 0 ? "\u2013" : bare(value);
      slider.setAttribute("aria-valuetext", now.textContent);
    } };
  }
  if (words.length) {
    const list = choice([["", "\u2013"], ...words.map((w) => [w, w])], "", (value) => act(value || null));
    return { part: list, set: (value) => { list.value = words.includes(bare(value)) ? bare(value) : ""; now.textContent = ""; } };
  }
  const number = ["whole", "number"].includes(p.kind);
  if (number && p.least !== null && p.most !== null && p.most - p.least <= 1000) {
    const step = p.step || (p.most - p.least <= 1 ? 0.01 : p.most - p.least <= 10 ? 0.05 : 0.1);
    const slider = range(p.above ? p.least + step : p.least, p.most, step);
    const exact = make("input");
    exact.type = "number";
    exact.step = p.step ? String(p.step) : "any";
    exact.min = String(p.least);
    exact.max = String(p.most);
    exact.setAttribute("aria-label", p.path);
    slider.addEventListener("input", () => { exact.value = slider.value; });
    slider.addEventListener("change", () => act(slider.value));
    exact.addEventListener("change", () => act(exact.value === "" ? null : exact.value));
    now.append(exact);
    return { part: slider, set: (value) => { slider.value = value === null ? String(p.least) : value; exact.value = value === null ? "" : value; } };
  }
  const text = make("input");
  text.type = "text";
  text.spellcheck = false;
  text.addEventListener("change", () => act(text.value === "" ? null : text.value));
  return { part: text, set: (value) => { text.value = value === null ? "" : value; now.textContent = ""; } };
}
function range(least, most, step) {
  const slider = make("input");
  slider.type = "range";
  slider.min = String(least);
  slider.max = String(most);
  slider.step = String(step);
  return slider;
}
