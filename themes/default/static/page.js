/* Progressive enhancement only: every page reads, links and prints without this file.
   It writes no style but the place of a tip; it sets attributes and classes that style.css knows. Whatever it asks of the page it asks anew
   each time: a preview may have exchanged parts of it. */
(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var one = function (selector, root) { return (root || document).querySelector(selector); };
  var byId = function (id) { return document.getElementById(id); };
  var soon = function (task) {
    var waiting = false;
    return function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; task(); });
    };
  };
  var target = function () {
    try { return location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null; } catch (e) { return null; }
  };

  /* The address of something folded away unfolds it. */
  var reveal = function () {
    var el = target();
    var hidden = el && !el.getClientRects().length;
    for (var at = el; at; at = at.parentElement) if (at.nodeName === "DETAILS") at.open = true;
    if (hidden) el.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  /* The contents rail says where the reader is. */
  var here = function () {
    var links = all('.rail a[href^="#"]');
    var current = null;
    links.forEach(function (a) {
      var part = byId(decodeURIComponent(a.hash.slice(1)));
      if (part && part.getBoundingClientRect().top < window.innerHeight * 0.35) current = a;
    });
    links.forEach(function (a) {
      if (a !== current) a.removeAttribute("aria-current");
      else if (!a.hasAttribute("aria-current")) {
        a.setAttribute("aria-current", "true");
        var box = a.closest(".rail");
        if (box.scrollWidth > box.clientWidth) box.scrollLeft = a.parentNode.offsetLeft - 16;
        else if (box.scrollHeight > box.clientHeight) a.scrollIntoView({ block: "nearest" });
      }
    });
  };
  if (one('.rail a[href^="#"]')) {
    window.addEventListener("scroll", soon(here), { passive: true });
    window.addEventListener("resize", soon(here));
    here();
  }

  var page = one('.rail [aria-current="page"]');
  if (page) page.closest(".rail").scrollLeft = page.parentNode.offsetLeft - 16;

  /* Paper has no disclosure triangles: open what is folded, fold it again afterwards. */
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = all("details:not([open])");
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () { opened.forEach(function (d) { d.open = false; }); });

  /* What was left out and added is announced to those who hear the page; who does not want that turns it off, for every page. */
  var words = document.body.dataset;
  var quiet = function () { try { return localStorage.getItem("variorum quiet") === "yes"; } catch (e) { return false; } };
  var announce = function () {
    var swapped = byId("opt-swap") && byId("opt-swap").checked;
    all("main ins, main del").forEach(function (el) {
      if (quiet()) el.removeAttribute("data-said");
      else el.setAttribute("data-said", (el.nodeName === "INS") === !swapped ? words.ins : words.del);
    });
  };
  var bar = one(".controls, .account .section-head, .page-versions .telling-head");
  if (bar && words.announce && one("main ins, main del")) {
    var label = document.createElement("label");
    var box = document.createElement("input");
    label.className = "opt announce";
    box.type = "checkbox";
    box.id = "opt-said";
    box.checked = !quiet();
    label.append(box, " " + words.announce);
    bar.insertBefore(label, one(".embed-link, .stepper", bar.matches(".controls") ? bar : document.createElement("p")));
    box.addEventListener("change", function () {
      try { localStorage.setItem("variorum quiet", box.checked ? "no" : "yes"); } catch (e) { /* a visitor may forbid it */ }
      announce();
    });
    document.addEventListener("change", function (event) { if (event.target.id === "opt-swap") announce(); });
    announce();
  }

  /* A siglum is told in full under the pointer or the focus; a page has hundreds of them, their names stand on it once. */
  var named = ".siglum, :is(.who, .sigla li, .slots, .readings li) > a";
  var tell = function (event) {
    var sign = event.target.closest && event.target.closest(named);
    if (!sign || sign.title) return;
    var letter = sign.firstChild.nodeValue;
    var row = all("tbody .t-out, .rail-sig, .side-head").find(function (el) { return one(".siglum", el).textContent === letter; });
    if (row) sign.title = one("bdi", row).textContent;
  };
  document.addEventListener("pointerover", tell);
  document.addEventListener("focusin", tell);
})();
