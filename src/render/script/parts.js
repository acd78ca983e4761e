// What a link leads to is unfolded; of several folded parts one can be picked from a list.
(function () {
  function open(heading) {
    var part = heading && heading.parentElement && heading.parentElement.querySelector(".part");
    if (part) { part.open = true; }
    return part;
  }
  function unfold() {
    open(location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1))));
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  var headings = all("main > .slide > h2").filter(function (h) { return h.parentElement.querySelector(".part"); });
  if (2 > headings.length) { return; }
  var last = null;
  var list = make("select");
  headings.forEach(function (heading, k) {
    var option = make("option", heading.textContent);
    option.value = String(k);
    list.appendChild(option);
  });
  var label = make("label", "Look at one: ");
  label.appendChild(list);
  tool(label);
  tool(button("Show it", function () {
    var heading = headings[Number(list.value)];
    if (last) { last.open = false; }
    last = open(heading);
    heading.setAttribute("tabindex", "-1");
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  }));
})();
