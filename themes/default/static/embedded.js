/* Inside a page that is shown in another site's frame. It reads ?theme=light|dark and ?accent=b00020 from its own
   address, tells the page around it how tall it is, and nothing else: whoever frames it learns a number. */
(function () {
  "use strict";
  var root = document.documentElement;
  var asked = new URLSearchParams(location.search);
  var theme = asked.get("theme");
  var accent = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(asked.get("accent") || "");
  if (accent) root.style.setProperty("--accent", "#" + accent[1]);
  if (theme === "light" || theme === "dark") {
    root.style.colorScheme = theme;
    Array.prototype.forEach.call(document.styleSheets, function (sheet) {
      var rules = [];
      try { rules = sheet.cssRules; } catch (e) { /* opened from a disk: the reader's own scheme stays */ }
      Array.prototype.forEach.call(rules, function (rule) {
        var scheme = rule.media && /prefers-color-scheme:\s*(light|dark)/.exec(rule.media.mediaText);
        if (scheme) rule.media.mediaText = scheme[1] === theme ? "all" : "not all";
      });
    });
  }

  /* What embed.css holds back for this can be painted now. */
  root.classList.add("is-dressed");

  document.addEventListener("DOMContentLoaded", function () {
    var main = document.getElementById("main");
    var secret = /secret=(\w+)/.exec(location.hash);
    var told = 0;
    var waiting = false;
    var tell = function (again) {
      var height = Math.ceil(main.getBoundingClientRect().bottom + window.scrollY);
      if (window.parent === window || (height === told && !again)) return;
      told = height;
      window.parent.postMessage({ variorum: "height", height: height }, "*");
      /* WordPress frames what it discovers with a secret of its own, and listens for this. */
      if (secret) window.parent.postMessage({ message: "height", value: height, secret: secret[1] }, "*");
    };
    /* By a timer: a frame that is out of sight is given no animation frames. */
    var soon = function () {
      if (waiting) return;
      waiting = true;
      setTimeout(function () { waiting = false; tell(false); }, 50);
    };
    new ResizeObserver(soon).observe(main);
    window.addEventListener("load", soon);
    window.addEventListener("hashchange", soon);
    window.addEventListener("message", function (event) {
      if (event.source === window.parent && event.data && event.data.variorum === "ask") tell(true);
    });
    tell(true);
  });
})();
