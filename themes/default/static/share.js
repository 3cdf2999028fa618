/* The Embed buttons: instead of leading to the part alone, they open the code to copy. */
(function () {
  "use strict";
  var dialog = document.getElementById("share");
  if (!dialog || !dialog.showModal) return;
  var field = function (name) { return dialog.querySelector("[name=" + name + "]"); };
  var status = dialog.querySelector("[role=status]");
  var shown = null;

  /* Of what a section offers whole, each passage and each quotation is offered by itself. */
  [["#account h2", ".account .passage", ".passage-no", ".support"], ["#quotes h3", ".quotes .quote", "h4 a", ".quote-head"]].forEach(function (part) {
    var whole = document.querySelector(part[0] + " .embed-link");
    if (whole) document.querySelectorAll(part[1]).forEach(function (el) {
      var link = whole.cloneNode(true);
      link.hash = el.querySelector(part[2]).id;
      link.dataset.height = 360;
      el.querySelector(part[3]).append(" ", link);
    });
  });
  var quoted = function (text) {
    return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  };

  var fill = function () {
    var address = new URL(shown.href);
    if (field("theme").value) address.searchParams.set("theme", field("theme").value);
    var src = quoted(address.href.replace("index.html", ""));
    var title = quoted(shown.dataset.title);
    var height = shown.dataset.height;
    var script = '<script async src="' + quoted(new URL(dialog.dataset.script, location.href).href) + '"></scr' + 'ipt>';
    field("frame").value = '<iframe src="' + src + '" title="' + title + '" width="100%" height="' + height + '" frameborder="0" loading="lazy"></iframe>';
    field("script").value = field("frame").value + "\n" + script;
    field("element").value = '<variorum-embed src="' + src + '" title="' + title + '" height="' + height + '"></variorum-embed>\n' + script;
    dialog.querySelector("[data-named]").textContent = shown.dataset.title;
    dialog.querySelector("[data-alone]").href = address.href;
    status.textContent = "";
  };

  Array.prototype.forEach.call(dialog.querySelectorAll("textarea"), function (code) {
    var button = dialog.querySelector("template").content.firstElementChild.cloneNode(true);
    code.parentNode.after(button);
    code.addEventListener("focus", function () { code.select(); });
    button.addEventListener("click", function () {
      var done = function () { status.textContent = status.dataset.copied; };
      code.select();
      if (navigator.clipboard) navigator.clipboard.writeText(code.value).then(done, function () { document.execCommand("copy"); done(); });
      else { document.execCommand("copy"); done(); }
    });
  });
  field("theme").addEventListener("change", fill);
  dialog.querySelector("[data-close]").addEventListener("click", function () { dialog.close(); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.embed-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    shown = link.cloneNode(true);
    /* A change that the address names is embedded alone. */
    if (!new URL(link.href).hash && /^#c-/.test(location.hash)) shown.hash = location.hash;
    fill();
    dialog.showModal();
  });
})();
