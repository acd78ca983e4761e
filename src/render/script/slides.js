"use strict";
(function () {
  var body = document.body;
  var slides = Array.prototype.slice.call(document.querySelectorAll(".slide"));
  // On a slide the answer is covered until it has been guessed.
  slides.forEach(function (slide) {
    var guess = document.createElement("button");
    guess.className = "guess";
    guess.type = "button";
    guess.textContent = "Guess first, then show the answer";
    guess.addEventListener("click", function () { slide.classList.remove("hidden"); });
    slide.insertBefore(guess, slide.children[1] || null);
  });
  function cover(on) {
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
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "s") {
      cover(body.classList.toggle("slides"));
      return;
    }
    if (!body.classList.contains("slides") || event.target.tagName === "BUTTON" && event.key === " ") { return; }
    if (event.key === "ArrowRight" || event.key === "PageDown") { go(1); event.preventDefault(); }
    if (event.key === "ArrowLeft" || event.key === "PageUp") { go(-1); event.preventDefault(); }
    if (event.key === "Enter" || event.key === " ") {
      var slide = slides[at()];
      if (slide) { slide.classList.remove("hidden"); event.preventDefault(); }
    }
  });
  if (body.classList.contains("slides")) { cover(true); }
  // What a link leads to is unfolded.
  function unfold() {
    var aim = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var part = aim && aim.parentElement && aim.parentElement.querySelector(".part");
    if (part) { part.open = true; }
  }
  window.addEventListener("hashchange", unfold);
  unfold();
})();
