(function () {
  "use strict";
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var byId = function (id) { return document.getElementById(id); };

  /* A permalink is made of the words of what it leads to (#p-, #q-, #f-, #c-). Where those words have been edited,
     go to what still has most of them and say so; where nothing has, say that. */
  var named = /^#([pqfc])-(.+)$/;
  var resolve = function () {
    var lost = byId("lost");
    var name;
    try { name = decodeURIComponent(location.hash); } catch (error) { return; }
    var parts = named.exec(name);
    if (!lost || !parts || byId(name.slice(1))) return;
    var wanted = parts[2].split(/[-~]/).filter(Boolean);
    var best = null, most = 0;
    all('[id^="' + parts[1] + '-"]').forEach(function (el) {
      var box = el.closest("article, li, .row") || el;
      var words = box.textContent.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u);
      var share = wanted.filter(function (word) { return words.indexOf(word) >= 0; }).length / wanted.length;
      if (share > most) { most = share; best = el; }
    });
    var found = best && most >= 0.5;
    lost.textContent = lost.getAttribute(found ? "data-changed" : "data-gone");
    lost.hidden = false;
    var box = found && (best.closest("article, li, .row") || best);
    if (box) box.parentNode.insertBefore(lost, box);
    if (found) location.replace("#" + encodeURIComponent(best.id));
    else lost.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", resolve);
  resolve();
})();
