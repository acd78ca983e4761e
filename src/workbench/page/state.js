// What is changed, under which seed: kept in the address, so that a link is a question.
const state = { changes: [], seed: 1, tab: "change", more: 1, list: null, name: "", text: "", first: "", draft: { track: null, options: [], round: 1 } };
const listeners = [];

function readAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  const changes = [];
  for (const [key, value] of words) {
    const at = value.indexOf("=");
    if (key === "set" && at > 0) { changes.push({ path: value.slice(0, at), value: value.slice(at + 1) }); }
    if (key === "what-if" && value) { changes.push({ whatIf: value }); }
  }
  state.changes = changes;
  // JavaScript keeps whole numbers exactly up to here; larger seeds are for the command line.
  state.seed = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(Number(words.get("seed") || 1)) || 0));
  state.tab = words.get("tab") || "change";
  // TRACK@ROUND:OPTION,OPTION…
  const draft = /^([^@:]+)@(\d+):(.*)$/.exec(words.get("draft") || "");
  if (draft) { Object.assign(state.draft, { track: draft[1], round: Number(draft[2]), options: draft[3].split(",").filter(Boolean) }); }
}
function address() {
  const words = new URLSearchParams();
  state.changes.forEach((c) => words.append(c.whatIf ? "what-if" : "set", c.whatIf || `${c.path}=${c.value}`));
  words.append("seed", String(state.seed));
  if (state.tab !== "change") { words.append("tab", state.tab); }
  if (state.tab === "draft" && state.draft.track) {
    words.append("draft", `${state.draft.track}@${state.draft.round}:${state.draft.options.join(",")}`);
  }
  return "#" + words;
}
function keepAddress() {
  try { history.replaceState(null, "", address()); } catch { /* some places have no address of their own */ }
}
function moved() {
  keepAddress();
  listeners.forEach((listener) => listener());
}

// A what-if that only sets values is the same as its changes; one that adds or takes something away stands alone.
function whatIf(id) {
  return state.list && state.list.what_ifs.find((w) => w.id === id);
}
function alone(id) {
  const one = whatIf(id);
  return !one || (one.set || []).some((s) => s.value === "(not set)" || s.value === "(added)");
}
// All changes as paths and values, the later ones over the earlier.
function settings() {
  const set = new Map();
  for (const change of state.changes) {
    if (change.path) { set.set(change.path, change.value); continue; }
    ((whatIf(change.whatIf) || {}).set || []).forEach((s) => set.set(s.path, s.value));
  }
  return [...set];
}
// The same as the library takes it: one what-if by its name, or settings.
function asked() {
  if (state.changes.length === 1 && state.changes[0].whatIf) { return { what_if: state.changes[0].whatIf, set: [] }; }
  return { what_if: null, set: settings() };
}
const nameOf = (c) => (c.whatIf ? (whatIf(c.whatIf) || { title: c.whatIf }).title : `${c.path} = ${c.value}`);
// The changes by their names, for whoever looks at something else than their list.
function named() {
  return state.changes.map(nameOf).join("; ");
}
// What is left of the changes in another text: those of paths and what-ifs that it has, and that say something else than it does.
function carried(changes) {
  const set = new Map(state.list.paths.map((p) => [p.path, bare(p.value)]));
  const news = (c) => set.has(c.path) && set.get(c.path) !== bare(c.value);
  return changes.filter((c) => (c.whatIf ? (whatIf(c.whatIf) || { set: [] }).set.some((s) => !set.has(s.path) || news(s)) : news(c)));
}
function compared(runs) {
  const { what_if, set } = asked();
  const options = { runs, seed: state.seed };
  return what_if ? { ...options, ids: [what_if] } : { ...options, set };
}
function change(path, value) {
  state.changes = state.changes.filter((c) => c.path !== path && !(c.whatIf && alone(c.whatIf)));
  if (value !== null) { state.changes.push({ path, value }); }
  moved();
}
function toggle(id) {
  const on = state.changes.some((c) => c.whatIf === id);
  if (on) {
    state.changes = state.changes.filter((c) => c.whatIf !== id);
  } else if (alone(id)) {
    state.changes = [{ whatIf: id }];
  } else {
    state.changes = state.changes.filter((c) => c.path || !alone(c.whatIf)).concat([{ whatIf: id }]);
  }
  moved();
}
