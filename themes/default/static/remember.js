/* How a reader wants pairs shown, set while the page still arrives: before its rows are painted, so that none of them jumps.
   Asynchronous, and no more than this; pair.js does the rest. */
(function () {
  "use strict";
  var wanted = ["view-inline", "opt-changes", "opt-slight"].filter(function (id) {
    try { return localStorage.getItem("variorum " + id) === "yes"; } catch (e) { return false; }
  });
  /* Whether the last of the controls has come. */
  var set = function () {
    wanted.forEach(function (id) { var box = document.getElementById(id); if (box) box.checked = true; });
    return document.getElementById("opt-swap");
  };
  if (!wanted.length || set() || document.readyState !== "loading") return;
  var arriving = new MutationObserver(function () { if (set()) arriving.disconnect(); });
  arriving.observe(document.documentElement, { childList: true, subtree: true });
})();
