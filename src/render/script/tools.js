// The row of controls above the text; there is none where nothing can be controlled.
var body = document.body;
var tools = null;
function tool(part) {
  if (!tools) {
    tools = document.createElement("div");
    tools.className = "tools";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Controls of this page");
    var main = document.getElementById("main");
    main.insertBefore(tools, main.firstChild);
  }
  tools.appendChild(part);
}
function all(pattern, within) {
  return Array.prototype.slice.call((within || document).querySelectorAll(pattern));
}
function make(tag, text, className) {
  var part = document.createElement(tag);
  if (text) { part.textContent = text; }
  if (className) { part.className = className; }
  return part;
}
function button(text, act, className) {
  var part = make("button", text, className);
  part.type = "button";
  part.addEventListener("click", act);
  return part;
}
