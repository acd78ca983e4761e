"use strict";
(function () {
  var main = document.querySelector("main[data-part]");
  if (!main) return;
  var line = document.getElementById("line");
  var busy = false, again = false, waiting = 0, source = null, heard = Date.now(), opened = false;

  function say(text) { if (line && line.textContent !== text) line.textContent = text; }
  function state() {
    if (waiting) say("Not sent yet – trying again …");
    else if (source && source.readyState === 1) say("");
    else say(opened ? "No connection – trying again …" : "Connecting …");
  }

  function worked(part) {
    var at = document.activeElement;
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "radio" && at.type !== "checkbox";
    return part.contains(at) && at !== document.body && typing && !(at.form && at.form.dataset.sent);
  }

  function like(was, fresh, what) {
    if (was.id) return fresh.querySelectorAll("#" + CSS.escape(was.id));
    var name = was.name || was.parentNode.name, action = was.form.getAttribute("action");
    return Array.prototype.filter.call(fresh.querySelectorAll(was.tagName), function (now) {
      var form = now.closest("form");
      return form && form.getAttribute("action") === action && (now.name || now.parentNode.name) === name &&
        (what === "value" || now.value === was.value);
    });
  }

  // What was chosen or written and not sent yet stays so.
  function carry(old, fresh) {
    var open = "form:not([data-auto]) ";
    var fields = old.querySelectorAll(open + "input:not([type=hidden])," + open + "textarea," + open + "option");
    Array.prototype.forEach.call(fields, function (was) {
      var what = was.tagName === "OPTION" ? "selected" : /^(radio|checkbox)$/.test(was.type) ? "checked" : "value";
      var first = was["default" + what.charAt(0).toUpperCase() + what.slice(1)];
      if (was[what] === first) return;
      Array.prototype.forEach.call(like(was, fresh, what), function (now) { now[what] = was[what]; });
    });
  }

  // A part that somebody is typing in is left alone until they are done.
  function show(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var parts = page.querySelectorAll("main > [id]");
    var seen = {};
    Array.prototype.forEach.call(parts, function (part) {
      seen[part.id] = true;
      var old = document.getElementById(part.id);
      if (!old) { main.appendChild(document.importNode(part, true)); return; }
      if (old.dataset.source === part.outerHTML) return;
      if (worked(old)) { again = true; return; }
      var open = {};
      Array.prototype.forEach.call(old.querySelectorAll("details[id]"), function (d) { open[d.id] = d.open; });
      var focus = old.contains(document.activeElement) ? document.activeElement.id : "";
      var fresh = document.importNode(part, true);
      fresh.dataset.source = part.outerHTML;
      carry(old, fresh);
      Array.prototype.forEach.call(fresh.querySelectorAll("details[id]"), function (d) { if (d.id in open) d.open = open[d.id]; });
      old.replaceWith(fresh);
      var back = focus && document.getElementById(focus);
      if (back) back.focus({ preventScroll: true });
    });
    Array.prototype.slice.call(main.children).forEach(function (old) { if (old.id && !seen[old.id]) old.remove(); });
    // The order is the server's.
    Array.prototype.forEach.call(parts, function (part) {
      var here = document.getElementById(part.id);
      if (here && here !== main.lastElementChild && !worked(here)) {
        var ids = Array.prototype.map.call(main.children, function (c) { return c.id; });
        var want = Array.prototype.map.call(parts, function (p) { return p.id; });
        if (ids.join() !== want.join()) main.appendChild(here);
      }
    });
  }

  function refresh() {
    if (busy) { again = true; return; }
    busy = true; again = false;
    fetch(main.dataset.part, { cache: "no-store", headers: { "X-Live": "1" } }).then(function (r) {
      if (r.status === 401) { location.href = "/"; throw new Error("gone"); }
      if (!r.ok) throw new Error(r.status);
      return r.text();
    }).then(show).catch(function () {}).then(function () { busy = false; if (again) setTimeout(refresh, 700); });
  }

  function listen() {
    if (source) source.close();
    source = new EventSource(main.dataset.live);
    source.onmessage = function () { heard = Date.now(); state(); refresh(); };
    source.onopen = function () { heard = Date.now(); opened = true; state(); };
    source.onerror = state;
  }

  function key() {
    var bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  function send(form, submitter) {
    var data = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    if (data.has("key")) data.set("key", key());
    var told = form.querySelector("[role=status]");
    var tries = 0;
    waiting += 1;
    function post() {
      fetch(form.action, { method: "POST", body: data, headers: { "X-Live": "1" } }).then(function (r) {
        if (r.status === 429 || r.status >= 502) throw new Error(r.status);
        waiting -= 1; state();
        return r.text().then(function (text) {
          if (told) told.textContent = r.ok ? "" : text;
          else if (!r.ok) say(text);
          if (r.ok && form.dataset.clear) form.reset();
          // What was sent is renewed at once; the focus stays where it is.
          form.dataset.sent = "1";
          refresh();
        });
      }, function () { throw new Error("network"); }).catch(function (error) {
        if (!/network|429|5\d\d/.test(String(error))) return;
        state();
        // The same form under the same key: it counts once, however often it arrives.
        tries += 1;
        setTimeout(post, Math.min(500 * tries, 5000));
      });
    }
    post();
    state();
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.plain) return;
    event.preventDefault();
    if (form.dataset.sure && !window.confirm(form.dataset.sure)) return;
    send(form, event.submitter);
  });
  document.addEventListener("input", function (event) {
    if (event.target.form) delete event.target.form.dataset.sent;
  });
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.dataset.auto) { if (form.reportValidity()) send(form, null); }
  });
  document.documentElement.classList.add("scripted");

  function wake() {
    if (document.visibilityState !== "visible") return;
    // Phones drop a stream in the background without saying so.
    if (!source || source.readyState === 2 || Date.now() - heard > 30000) listen();
    refresh();
  }
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", wake);
  window.addEventListener("online", wake);
  setInterval(function () {
    if (document.visibilityState !== "visible") return;
    fetch("/here", { cache: "no-store" }).catch(function () {});
    if (!source || source.readyState === 2) listen();
    state();
  }, 8000);
  // Clocks go on between two looks at the server: by how long they have stood here, since a phone's own clock may be wrong.
  function clocks() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-left],[data-past]"), function (clock) {
      if (!clock.since) clock.since = Date.now();
      var here = (Date.now() - clock.since) / 1000;
      if ("past" in clock.dataset) { clock.textContent = Math.floor((+clock.dataset.past + here) / 60) + " min"; return; }
      var left = Math.max(0, Math.ceil(+clock.dataset.left - here));
      clock.textContent = Math.floor(left / 60) + ":" + ("0" + left % 60).slice(-2);
    });
  }
  setInterval(clocks, 1000);
  Array.prototype.forEach.call(main.children, function (part) { part.dataset.source = ""; });
  listen();
})();
