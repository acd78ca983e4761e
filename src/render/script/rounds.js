// Of rounds side by side one is shown at a time, chosen by a slider; without scripts and in print they follow each other.
function scrubRounds(within) {
  all(".rounds", within).forEach(function (rounds, n) {
    var steps = all(".step", rounds);
    if (2 > steps.length) { return; }
    var bar = make("div", "", "scrub");
    var label = make("label", "Round ");
    var slider = make("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(steps.length - 1);
    slider.value = "0";
    label.appendChild(slider);
    var every = false;
    var whole = button("All rounds", function () {
      every = !every;
      whole.setAttribute("aria-pressed", String(every));
      show();
    });
    whole.setAttribute("aria-pressed", "false");
    function step(by) {
      return function () {
        slider.value = String(Number(slider.value) + by);
        show();
      };
    }
    function show() {
      var at = Number(slider.value);
      slider.setAttribute("aria-valuetext", steps[at].querySelector("h3").textContent);
      steps.forEach(function (one, k) { one.hidden = !every && k !== at; });
      slider.disabled = back.disabled = on.disabled = every;
      if (!every) {
        back.disabled = at === 0;
        on.disabled = at === steps.length - 1;
      }
    }
    var back = button("Back", step(-1));
    var on = button("On", step(1));
    slider.addEventListener("input", show);
    [label, back, on, whole].forEach(function (part) { bar.appendChild(part); });
    rounds.insertBefore(bar, steps[0]);
    show();
  });
}
scrubRounds(document);
