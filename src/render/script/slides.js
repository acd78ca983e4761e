// Slides, and answers that are covered until somebody has guessed.
(function () {
  var slides = all(".slide");
  var choice = button("Guess first", function () {
    var on = body.classList.toggle("guessing");
    choice.setAttribute("aria-pressed", String(on));
    cover();
  });
  choice.setAttribute("aria-pressed", "false");
  if (slides.length) { tool(choice); }
  slides.forEach(function (slide) {
    var guess = button("Guess first, then show the answer", function () { show(slide); }, "guess");
    slide.insertBefore(guess, slide.children[1] || null);
  });
  // Who reads with the keyboard goes on at what has appeared.
  function show(slide) {
    slide.classList.remove("hidden");
    var sum = slide.querySelector(".sum");
    if (sum) {
      sum.setAttribute("tabindex", "-1");
      sum.focus({ preventScroll: true });
    }
  }
  function cover() {
    var on = body.classList.contains("slides") || body.classList.contains("guessing");
    slides.forEach(function (slide) { slide.classList.toggle("hidden", on); });
  }
  function at() {
    var best = 0, least = Infinity;
    slides.forEach(function (slide, k) {
      var far = Math.abs(slide.getBoundingClientRect().top);
      if (least > far) { least = far; best = k; }
    });
    return best;
  }
  function go(step) {
    var to = slides[Math.max(0, Math.min(slides.length - 1, at() + step))];
    if (to) { to.scrollIntoView(); }
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !slides.length) { return; }
    var tag = event.target.tagName;
    if (tag === "SELECT" || tag === "INPUT") { return; }
    if (event.key === "s") {
      // The slide is the one of which something was on the screen.
      var here = slides[at()];
      body.classList.toggle("slides");
      cover();
      here.scrollIntoView();
      return;
    }
    if (!body.classList.contains("slides") || tag === "BUTTON" && (event.key === " " || event.key === "Enter")) { return; }
    if (event.key === "ArrowRight" || event.key === "PageDown") { go(1); event.preventDefault(); }
    if (event.key === "ArrowLeft" || event.key === "PageUp") { go(-1); event.preventDefault(); }
    if (event.key === "Enter" || event.key === " ") {
      var slide = slides[at()];
      if (slide) { show(slide); event.preventDefault(); }
    }
  });
  cover();
})();
