/* The pair page: what a reader chooses is remembered, changes are stepped through, a map shows where one is.
   Enhancement only, as page.js: without it the two tellings stand side by side, complete. */
(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var one = function (selector, root) { return (root || document).querySelector(selector); };
  var byId = function (id) { return document.getElementById(id); };
  var store = {
    get: function (key) { try { return localStorage.getItem("variorum " + key); } catch (e) { return null; } },
    set: function (key, value) { try { localStorage.setItem("variorum " + key, value); } catch (e) { /* a visitor may forbid it */ } }
  };
  var soon = function (task) {
    var waiting = false;
    return function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; task(); });
    };
  };

  var pair = byId("pair");
  if (!pair) return;

  /* A pair: the view is remembered (remember.js sets it); sides that are swapped are so for this visit only. */
  var remembered = ["view-inline", "opt-changes", "opt-slight"];
  var swap = function () {
    var on = byId("opt-swap").checked;
    all("del", pair).forEach(function (el) { if (on) el.setAttribute("role", "insertion"); else el.removeAttribute("role"); });
    all("ins", pair).forEach(function (el) { if (on) el.setAttribute("role", "deletion"); else el.removeAttribute("role"); });
    all(".chg", pair).forEach(function (el) {
      var parts = ["del", ".joint", "ins"].map(function (name) { return one(name, el); }).filter(Boolean);
      (on ? parts.reverse() : parts).forEach(function (part) { el.insertBefore(part, one(".chg-no", el)); });
    });
  };
  /* What was in the middle of the window stays there when the view changes. */
  var middle = function () {
    return all(".row", pair).find(function (row) { return row.getBoundingClientRect().bottom > window.innerHeight / 3; });
  };
  var kept = null;
  one(".controls").addEventListener("pointerdown", function () { kept = middle(); });
  document.addEventListener("change", function (event) {
    if (!event.target.closest(".controls")) return;
    remembered.forEach(function (id) { store.set(id, byId(id).checked ? "yes" : "no"); });
    if (event.target.id === "opt-swap") swap();
    if (kept && window.scrollY > pair.offsetTop && kept.getClientRects().length) kept.scrollIntoView({ block: "center", behavior: "instant" });
    kept = null;
  });
  if (byId("opt-swap").checked) swap();

  /* Step from change to change, by button or by n and p; the address names the change. */
  var stepper = one("[data-stepper]");
  if (one(".chg[id]", pair)) {
    var said = one("[data-count]", stepper);
    var shown = function (el) { return el && el.getClientRects().length > 0; };
    var step = function (by, focus) {
      var changes = all(".chg[id]", pair);
      if (!changes.length) return;
      var now = changes.indexOf(one(".chg.is-here") || one(".chg:target, .chg:has(:target)"));
      var at = now < 0 ? (by > 0 ? 0 : changes.length - 1) : (now + by + changes.length) % changes.length;
      var to = changes[at];
      try { history.replaceState(null, "", one(".chg-no", to).hash); } catch (e) { /* opened from a place without addresses */ }
      all(".is-here").forEach(function (el) { el.classList.remove("is-here"); });
      var ends = [to, one('[data-c="' + to.id.slice(1) + '"]', pair)].filter(shown);
      ends.forEach(function (el) { el.classList.add("is-here"); });
      if (ends[0]) ends[0].scrollIntoView({ block: "center" });
      var number = one(".chg-no", to);
      if (focus && shown(number)) number.focus({ preventScroll: true });
      said.textContent = stepper.dataset.position.replace("{at}", at + 1).replace("{all}", changes.length);
    };
    all(".step", stepper).forEach(function (button) {
      button.addEventListener("click", function () { step(+button.dataset.by); });
    });
    document.addEventListener("keydown", function (event) {
      var typing = /^(textarea|select)$/i.test(event.target.tagName) || (event.target.type || "").match(/text|search/);
      if (event.altKey || event.ctrlKey || event.metaKey || typing) return;
      if (event.key === "n") step(1, true);
      if (event.key === "p") step(-1, true);
    });
  }

  /* The map shows which part of either telling is in the window, and the sentences under the pointer. */
  var map = one(".minimap");
  var bars = {};
  all("a", map).forEach(function (a) { bars[a.getAttribute("href").slice(1)] = a; });
  var sides = [".old", ".new"].map(function () {
    var frame = document.createElementNS("http://www.w3.org/2000/svg", "path");
    frame.setAttribute("class", "mm-window");
    map.appendChild(frame);
    return frame;
  });
  var follow = function () {
    [".old .loc[id]", ".new .loc[id]"].forEach(function (selector, side) {
      var seen = all(selector, pair).filter(function (el) {
        var box = el.closest(".locs, .loc").getBoundingClientRect();
        return box.height && box.bottom > 120 && box.top < window.innerHeight;
      }).map(function (el) { return bars[el.id]; }).filter(Boolean);
      var tops = seen.map(function (a) { return +a.lastElementChild.getAttribute("y"); });
      var x = side ? 176 : 0;
      var in_ = side ? -4 : 4;
      var thick = +map.dataset.step;
      sides[side].setAttribute("d", tops.length ? "M" + (x + in_) + " " + (Math.min.apply(0, tops) - 2) + "H" + x + "V" + (Math.max.apply(0, tops) + thick + 2) + "H" + (x + in_) : "M0 0");
    });
  };
  if (Object.keys(bars).length) {
    window.addEventListener("scroll", soon(follow), { passive: true });
    window.addEventListener("resize", soon(follow));
    document.addEventListener("change", soon(follow));
    follow();
  }
  pair.addEventListener("pointerover", function (event) {
    var row = event.target.closest(".row");
    all(".is-lit", map).forEach(function (a) { a.classList.remove("is-lit"); });
    all(".loc", row || document.createElement("p")).forEach(function (el) {
      var bar = bars[el.textContent];
      if (bar) bar.classList.add("is-lit");
    });
  });
})();
