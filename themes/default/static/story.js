/* A story and its tellings: all wordings unfolded at once, strips that name their marks. Enhancement only, as page.js. */
(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var one = function (selector, root) { return (root || document).querySelector(selector); };

  /* The account: all wordings at once. */
  var account = one(".account .section-head");
  if (account && one(".account details")) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = account.dataset.unfold;
    button.addEventListener("click", function () {
      var open = button.textContent === account.dataset.unfold;
      button.textContent = open ? account.dataset.fold : account.dataset.unfold;
      all(".account details").forEach(function (d) { d.open = open; });
    });
    account.appendChild(button);
  }

  /* A strip names its marks at once, under the pointer or the focus; it is one stop of the tab key, the arrows go on. */
  if (one(".strip a")) {
    var tip = document.createElement("p");
    tip.className = "tip";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true");
    document.body.appendChild(tip);
    var name = function (event) {
      var mark = event.target.closest && event.target.closest(".strip a");
      tip.hidden = !mark;
      if (!mark) return;
      var title = one("title", mark);
      if (title) { mark.setAttribute("aria-label", title.textContent); title.remove(); }
      tip.textContent = mark.getAttribute("aria-label");
      var box = mark.getBoundingClientRect();
      var left = Math.min(box.left + window.scrollX, document.documentElement.clientWidth - tip.offsetWidth - 8);
      tip.style.left = Math.max(8, left) + "px";
      tip.style.top = box.top + window.scrollY - tip.offsetHeight - 6 + "px";
    };
    document.addEventListener("pointerover", name);
    document.addEventListener("focusin", name);
    document.addEventListener("focusout", function () { tip.hidden = true; });
    document.addEventListener("keydown", function (event) {
      var mark = event.target.closest && event.target.closest(".strip a");
      if (!mark) return;
      var marks = all("a", mark.parentNode);
      var at = marks.indexOf(mark);
      var rtl = getComputedStyle(mark.closest(".strip")).direction === "rtl" ? -1 : 1;
      var to = { ArrowRight: at + rtl, ArrowLeft: at - rtl, Home: 0, End: marks.length - 1 }[event.key];
      if (event.key === "Escape") tip.hidden = true;
      if (!marks[to]) return;
      event.preventDefault();
      mark.setAttribute("tabindex", "-1");
      marks[to].removeAttribute("tabindex");
      marks[to].focus();
    });
  }
})();
