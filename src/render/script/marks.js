// A mark of a picture tells its value where the pointer or the keyboard is on it; without scripts its title does.
var readMarks = (function () {
  var note = make("div", "", "value");
  note.hidden = true;
  note.setAttribute("aria-hidden", "true");
  body.appendChild(note);
  function hide() { note.hidden = true; }
  function tell(mark) {
    note.textContent = mark.getAttribute("aria-label");
    note.hidden = false;
    var box = mark.getBoundingClientRect(), own = note.getBoundingClientRect();
    var room = document.documentElement.clientWidth - own.width - 8;
    note.style.left = Math.max(8, Math.min(room, box.left + box.width / 2 - own.width / 2)) + "px";
    var above = box.top - own.height - 6;
    note.style.top = (above > 4 ? above : Math.min(box.bottom + 6, window.innerHeight - own.height - 4)) + "px";
  }
  function of(event) {
    return event.target.closest ? event.target.closest(".mark") : null;
  }
  function read(chart) {
    var marks = all(".mark", chart);
    if (!marks.length) { return; }
    // A narrow variant has the same marks as the wide one before it, and no titles of its own.
    var twins = chart.classList.contains("narrow") ? all(".mark", chart.previousElementSibling) : [];
    // What is in an image is not told one by one; what is in a group is.
    chart.setAttribute("role", "group");
    marks.forEach(function (mark, k) {
      var title = mark.querySelector("title");
      var told = title ? title.textContent : twins[k] && twins[k].getAttribute("aria-label");
      mark.setAttribute("aria-label", told || "");
      mark.setAttribute("role", "img");
      mark.setAttribute("tabindex", k ? "-1" : "0");
      if (title) { mark.removeChild(title); }
    });
    chart.addEventListener("pointerover", function (event) {
      var mark = of(event);
      if (mark) { tell(mark); } else { hide(); }
    });
    chart.addEventListener("pointerleave", hide);
    chart.addEventListener("focusin", function (event) {
      var mark = of(event);
      if (mark) { tell(mark); }
    });
    chart.addEventListener("focusout", hide);
    // One stop of the tabulator for each picture; arrows go from mark to mark.
    chart.addEventListener("keydown", function (event) {
      var from = marks.indexOf(of(event));
      var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -from, End: marks.length - 1 - from };
      if (event.key === "Escape") { hide(); }
      if (0 > from || !(event.key in steps)) { return; }
      event.preventDefault();
      event.stopPropagation();
      var to = marks[Math.max(0, Math.min(marks.length - 1, from + steps[event.key]))];
      marks[from].setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
      to.focus();
    });
  }
  window.addEventListener("scroll", function () {
    var mark = document.activeElement;
    if (mark && mark.matches(".mark")) { tell(mark); } else { hide(); }
  }, { passive: true });
  return function (within) { all("svg.chart", within).forEach(read); };
})();
readMarks(document);
