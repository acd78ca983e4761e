// Small parts of which the page is made, and the blocks of data that it carries.
const block = (id) => document.getElementById(id).textContent.trim();
function put(parent, ...parts) {
  parts.forEach((part) => parent.append(part));
  return parent;
}
function field(text, control, help) {
  const label = make("label", "", "field");
  put(label, make("span", text), control);
  if (help) { put(label, make("small", help)); }
  return label;
}
function heading(text, scope, kind = "") {
  const cell = make("th", text, kind);
  cell.scope = scope;
  return cell;
}
// A table that is scrolled where it is wider than the screen, by keyboard too.
function scrolled(label, table) {
  const box = make("div", "", "scroll");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  return put(box, table);
}
function choice(pairs, value, act) {
  const list = make("select");
  pairs.forEach(([key, text]) => {
    const option = make("option", text);
    option.value = key;
    option.selected = key === value;
    list.append(option);
  });
  list.addEventListener("change", () => act(list.value));
  return list;
}
// A picture of the library is drawn for paper and screens; what it can be asked on a screen is given to it here.
let shown = 0;
function show(place, html) {
  place.innerHTML = html;
  // Several parts of the page may hold such a piece: their headings must not be called alike.
  shown += 1;
  all("[id^=section-]", place).forEach((head) => { head.id = `part-${shown}-${head.id}`; });
  all("[aria-labelledby^=section-]", place).forEach((part) => {
    part.setAttribute("aria-labelledby", `part-${shown}-${part.getAttribute("aria-labelledby")}`);
  });
  readMarks(place);
  scrubRounds(place);
}
function save(name, text, type) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
async function copy(text, pressed) {
  const before = pressed.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", text);
    body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  pressed.textContent = say("copied");
  setTimeout(() => { pressed.textContent = before; }, 1500);
}
function command(text) {
  const box = make("div", "", "command");
  const code = make("code", text);
  const press = button(say("copy"), () => copy(text, press));
  put(box, make("span", say("again")), code, press);
  return box;
}
// What was refused, with the places that are wrong.
function refusal(answer) {
  const box = make("div", "", "note");
  box.setAttribute("role", "alert");
  put(box, make("p", answer.why === "broken" ? say("broken", answer.refused) : answer.refused));
  if (answer.text) { put(box, make("pre", answer.text)); }
  return box;
}
function later(wait, act) {
  let timer = null;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...values), wait);
  };
}
const percent = (share) => (share * 100).toFixed(1) + "%";
const signed = (share) => (share < 0 ? "\u2212" : "+") + Math.abs(share * 100).toFixed(1);
// What stands in a file, as people read it: words without quotes.
function bare(value) {
  if (value === null) { return ""; }
  const text = String(value);
  if (!/^".*"$/s.test(text)) { return text; }
  try { return JSON.parse(text); } catch { return text.slice(1, -1); }
}
