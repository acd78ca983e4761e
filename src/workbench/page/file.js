// The scenario's text: mistakes as one types, the points of options as tables, and what was changed written into it.
function filePanel(team, taken) {
  const place = make("div", "", "panel file");
  const area = make("textarea");
  area.spellcheck = false;
  area.rows = 24;
  area.wrap = "off";
  area.setAttribute("aria-label", say("fileText"));
  const name = make("input");
  name.type = "text";
  const found = make("div", "", "found");
  found.setAttribute("aria-live", "polite");
  const tables = make("details", "", "points");
  const opener = make("input");
  opener.type = "file";
  opener.accept = ".toml,text/plain";
  let sound = true;
  // The text as it came here or was saved last.
  let kept = state.text;
  let checking = 0;

  const use = button(say("fileUse"), async () => {
    const told = await taken(area.value, name.value);
    if (told && told.ok && told.ok.sound) { found.replaceChildren(make("p", say("fileUsed"), "fine")); drawTables(); }
  });
  const write = button(say("fileWrite"), () => rewrite(settings()));
  const saving = button(say("fileSave"), () => { save(stem(name.value) + ".toml", area.value, "application/toml"); kept = area.value; });
  const fresh = button(say("fileNew"), async () => {
    const told = await team.ask({ ask: "starter" });
    if (told && told.ok && may()) { fill(told.ok, "talks.toml"); }
  });
  const origin = { name: state.name, text: state.text };
  const back = button(say("fileBack"), () => { if (may()) { fill(origin.text, origin.name); } });
  opener.addEventListener("change", async () => {
    const file = opener.files[0];
    if (file && may()) { fill(await file.text(), file.name); }
    opener.value = "";
  });
  area.addEventListener("input", () => soon(area.value));
  // Tab leaves the text, as everywhere; two blanks are typed as such.
  put(place, make("h2", say("tabFile")), put(make("div", "", "row"), field(say("fileName"), name), field(say("fileOpen"), opener)),
    area, found, put(make("div", "", "actions"), use, saving, write, fresh, back), tables);
  name.value = state.name;
  area.value = state.text;

  // What was typed is not put away unasked.
  function may() { return area.value === kept || window.confirm(say("fileLose")); }
  function fill(text, called) {
    area.value = kept = text;
    name.value = called;
    check();
    area.focus();
  }
  const soon = later(250, () => check());
  async function check() {
    const mine = (checking += 1);
    const told = await team.ask({ ask: "check", name: name.value, text: area.value }, { first: true });
    if (mine !== checking || !told || !told.ok) { return; }
    sound = told.ok.sound;
    use.disabled = !sound;
    place.classList.toggle("unsound", !sound);
    const list = make("ol", "", "diagnostics");
    told.ok.diagnostics.forEach((d) => {
      const entry = make("li", "", d.severity);
      put(entry, button(say("fileLine", d.line), () => mark(d)), make("b", ` ${d.code} `), d.message);
      if (d.help) { put(entry, make("p", d.help)); }
      put(list, entry);
    });
    const parts = told.ok.diagnostics.length ? [make("p", told.ok.summary), list] : [make("p", say("fileSound"), "fine")];
    if (!sound) { parts.push(make("p", say("fileMistakes"), "quiet")); }
    if (told.ok.text) { parts.push(make("pre", told.ok.text)); }
    found.replaceChildren(...parts);
  }
  // Lines and columns count from 1, columns in characters.
  function mark(d) {
    const lines = area.value.split("\n");
    const at = (line, column) => lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0)
      + Array.from(lines[line - 1] || "").slice(0, column - 1).join("").length;
    area.focus();
    area.setSelectionRange(at(d.line, d.column), at(d.end_line, d.end_column));
    area.scrollTop = Math.max(0, (d.line - 6) * area.scrollHeight / Math.max(1, lines.length));
  }
  async function rewrite(set) {
    const told = await team.ask({ ask: "rewrite", text: area.value, set }, { first: true });
    if (!told) { return false; }
    if (told.refused) { found.replaceChildren(refusal(told)); return false; }
    area.value = told.ok;
    await check();
    return true;
  }
  // One table an item: an option a row, a party a column.
  function drawTables() {
    tables.replaceChildren(make("summary", say("filePoints")));
    if (!state.list) { return; }
    const parties = state.list.paths.filter((p) => p.pattern === "party.ID.alternative" || /^party\.[^.]+\.capability$/.test(p.path)).map((p) => p.path.split(".")[1]);
    const ids = [...new Set(parties)];
    const items = new Map();
    const titles = new Map();
    state.list.paths.forEach((p) => {
      const parts = p.path.split(".");
      if (p.value !== null && parts[parts.length - 1] === "title") { titles.set(parts.slice(0, -1).join("."), bare(p.value)); }
      if (parts[0] !== "item" || parts[2] !== "option" || parts.length !== 5 || !ids.includes(parts[4])) { return; }
      if (!items.has(parts[1])) { items.set(parts[1], new Map()); }
      const rows = items.get(parts[1]);
      if (!rows.has(parts[3])) { rows.set(parts[3], new Map()); }
      rows.get(parts[3]).set(parts[4], p);
    });
    items.forEach((rows, item) => {
      const columns = ids.filter((id) => [...rows.values()].some((row) => row.has(id)));
      const title = titles.get(`item.${item}`) || item;
      const grid = put(make("table"), make("caption", title));
      const top = make("tr");
      ["", ...columns].forEach((c, k) => put(top, k ? heading(c, "col", "n") : make("td")));
      const lines = make("tbody");
      rows.forEach((row, option) => {
        const line = make("tr");
        put(line, heading(titles.get(`item.${item}.option.${option}`) || option, "row"));
        columns.forEach((id) => {
          const p = row.get(id);
          const cell = make("td", "", "n");
          if (p) {
            const input = make("input");
            input.type = "number";
            input.step = "any";
            input.min = "0";
            input.max = "100";
            input.value = p.value === null ? "" : p.value;
            input.setAttribute("aria-label", `${option}, ${id}`);
            let before = input.value;
            input.addEventListener("change", async () => {
              if (await rewrite([[p.path, input.value || "0"]])) { before = input.value; } else { input.value = before; }
            });
            put(cell, input);
          }
          put(line, cell);
        });
        put(lines, line);
      });
      put(tables, scrolled(title, put(grid, put(make("thead"), top), lines)));
    });
  }
  return { place, open() { write.disabled = !settings().length; if (!tables.children.length) { drawTables(); } } };
}
