/* The Embed buttons: instead of leading to the part alone, they open the code to copy. */
(function () {
  "use strict";
  var dialog = document.getElementById("share");
  if (!dialog || !dialog.showModal) return;
  var form = dialog.querySelector("form");
  var status = dialog.querySelector("[role=status]");
  var shown = null;
  var quoted = function (text) {
    return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  };

  var fill = function () {
    var address = new URL(shown.href);
    if (form.theme.value) address.searchParams.set("theme", form.theme.value);
    var src = quoted(address.href.replace("index.html", ""));
    var title = quoted(shown.dataset.title);
    var height = shown.dataset.height;
    var script = '<script async src="' + quoted(new URL(dialog.dataset.script, location.href).href) + '"></scr' + 'ipt>';
    form.frame.value = '<iframe src="' + src + '" title="' + title + '" width="100%" height="' + height + '" frameborder="0" loading="lazy"></iframe>';
    form.script.value = form.frame.value + "\n" + script;
    form.element.value = '<variorum-embed src="' + src + '" title="' + title + '" height="' + height + '"></variorum-embed>\n' + script;
    dialog.querySelector("[data-named]").textContent = shown.dataset.title;
    dialog.querySelector("[data-alone]").href = address.href;
    status.textContent = "";
  };

  Array.prototype.forEach.call(form.querySelectorAll("textarea"), function (field) {
    var button = dialog.querySelector("template").content.firstElementChild.cloneNode(true);
    field.parentNode.after(button);
    field.addEventListener("focus", function () { field.select(); });
    button.addEventListener("click", function () {
      var done = function () { status.textContent = status.dataset.copied; };
      field.select();
      if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, function () { document.execCommand("copy"); done(); });
      else { document.execCommand("copy"); done(); }
    });
  });
  form.theme.addEventListener("change", fill);
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
