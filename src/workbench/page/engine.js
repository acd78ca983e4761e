// One copy of the library: a request goes in, an answer comes out. Both are objects.
function engine(instance) {
  const library = instance.exports;
  const writer = new TextEncoder();
  const reader = new TextDecoder();
  return function ask(request) {
    const text = writer.encode(JSON.stringify(request));
    const room = library.room(text.length);
    new Uint8Array(library.memory.buffer, room, text.length).set(text);
    const answer = library.ask();
    return JSON.parse(reader.decode(new Uint8Array(library.memory.buffer, answer, library.length())));
  };
}
// Whatever befalls the library, the next request finds one that works.
function keeper(module) {
  let ask = null;
  let loaded = null;
  return function (request) {
    if (!ask) {
      ask = engine(new WebAssembly.Instance(module, {}));
      if (loaded && request.ask !== "load") { ask(loaded); }
    }
    if (request.ask === "load") { loaded = request; }
    try {
      return ask(request);
    } catch (error) {
      ask = null;
      return { refused: String(error), why: "broken", text: "", diagnostics: [] };
    }
  };
}
