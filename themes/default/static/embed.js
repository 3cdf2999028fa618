/* For pages that show parts of this site: frames grow and shrink with what is in them, and <variorum-embed src="…">
   becomes a frame. One copy serves any number of frames, also those that come later; it needs no style attribute,
   no eval, and no host but its own. */
(function () {
  "use strict";
  if (window.variorumEmbed) return;
  window.variorumEmbed = true;
  var least = 60, most = 8000, pending = new Map();

  /* Only what a frame itself says about itself counts: the window and the origin it was loaded from must be its own. */
  var sender = function (event) {
    return Array.prototype.find.call(document.querySelectorAll("iframe"), function (frame) {
      return frame.contentWindow === event.source && event.origin === new URL(frame.src, location.href).origin;
    });
  };
  window.addEventListener("message", function (event) {
    var said = event.data;
    if (!said || said.variorum !== "height" || !Number.isFinite(said.height)) return;
    var frame = sender(event);
    if (!frame) return;
    if (!pending.size) requestAnimationFrame(function () {
      pending.forEach(function (height, one) { one.style.height = height + "px"; });
      pending.clear();
    });
    pending.set(frame, Math.min(Math.max(Math.ceil(said.height), least), most));
  });

  /* Frames that were there before this script have told their height to nobody; those that are out of sight when the
     page changes its width are not told of it by the browser. */
  var ask = function () {
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (/\/embed\//.test(frame.src)) frame.contentWindow.postMessage({ variorum: "ask" }, "*");
    });
  };
  var timer = 0;
  window.addEventListener("resize", function () { clearTimeout(timer); timer = setTimeout(ask, 100); });
  ask();

  customElements.define("variorum-embed", class extends HTMLElement {
    static get observedAttributes() { return ["src", "theme", "accent"]; }
    connectedCallback() { this.show(); }
    attributeChangedCallback() { if (this.isConnected) this.show(); }
    show() {
      var address;
      if (!this.getAttribute("src")) return;
      try { address = new URL(this.getAttribute("src"), document.baseURI); } catch (e) { return; }
      if (!/^https?:$/.test(address.protocol)) return;
      ["theme", "accent"].forEach(function (name) {
        if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name).replace("#", ""));
      }, this);
      var frame = this.querySelector("iframe") || document.createElement("iframe");
      frame.title = this.getAttribute("title") || this.textContent.trim();
      frame.height = this.getAttribute("height") || 320;
      frame.width = "100%";
      frame.loading = "lazy";
      frame.setAttribute("frameborder", "0");
      if (frame.src !== address.href) frame.src = address.href;
      if (frame.parentNode !== this) this.replaceChildren(frame);
    }
  });
})();
