/* Progressive enhancement only: every page reads, links and prints without this file.
   It writes no style; it sets attributes and classes that style.css knows. */
(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var one = function (selector) { return document.querySelector(selector); };

  /* The contents rail says where the reader is. */
  var links = all('.rail a[href^="#"]:not([tabindex])');
  if (links.length && "IntersectionObserver" in window) {
    var seen = {};
    var targets = links.map(function (a) { return document.getElementById(a.hash.slice(1)); });
    var mark = function () {
      var current = -1;
      targets.forEach(function (t, i) { if (t && t.getBoundingClientRect().top < window.innerHeight * 0.35) current = i; });
      links.forEach(function (a, i) {
        if (i === current) { if (!a.hasAttribute("aria-current")) { a.setAttribute("aria-current", "true"); keepInView(a); } }
        else a.removeAttribute("aria-current");
      });
    };
    var keepInView = function (a) {
      var box = a.closest(".rail");
      if (box.scrollWidth > box.clientWidth) box.scrollLeft = a.parentNode.offsetLeft - 16;
    };
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (e) { seen[e.target.id] = e.isIntersecting; });
      mark();
    }, { rootMargin: "0px 0px -65% 0px", threshold: [0, 0.01, 0.1] });
    targets.forEach(function (t) { if (t) watch.observe(t); });
    mark();
  }

  /* Paper has no disclosure triangles: open what is folded, fold it again afterwards. */
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = all("details:not([open])");
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () { opened.forEach(function (d) { d.open = false; }); });

  /* The account: all wordings at once. */
  var account = one(".account .section-head");
  if (account) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Unfold every wording";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", function () {
      var open = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(open));
      button.textContent = open ? "Fold every wording" : "Unfold every wording";
      all(".account details").forEach(function (d) { d.open = open; });
    });
    account.appendChild(button);
  }

  /* A pair: step from change to change, by button or by n and p. */
  var stepper = one("[data-stepper]");
  if (stepper && one(".pair .chg")) {
    var count = one("[data-count]");
    var at = -1;
    var changes = all(".pair .chg");
    var shown = function (el) { return el && el.getClientRects().length > 0; };
    var step = function (by) {
      if (!changes.length) return;
      all(".is-here").forEach(function (el) { el.classList.remove("is-here"); });
      at = at < 0 && by < 0 ? changes.length - 1 : (at + by + changes.length) % changes.length;
      var ends = [changes[at], one('.pair [data-c="' + changes[at].id.slice(1) + '"]')].filter(shown);
      ends.forEach(function (el) { el.classList.add("is-here"); });
      if (ends[0]) ends[0].scrollIntoView({ block: "center" });
      count.textContent = "Change " + (at + 1) + " of " + changes.length;
    };
    [["Previous change", "‹", -1], ["Next change", "›", 1]].forEach(function (b) {
      var el = document.createElement("button");
      el.type = "button";
      el.className = "step";
      el.setAttribute("aria-label", b[0]);
      el.title = b[0] + (b[2] > 0 ? " (n)" : " (p)");
      el.textContent = b[1];
      el.addEventListener("click", function () { step(b[2]); });
      stepper.appendChild(el);
    });
    count.setAttribute("aria-live", "polite");
    document.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
      if (event.key === "n") step(1);
      if (event.key === "p") step(-1);
    });
  }
})();
