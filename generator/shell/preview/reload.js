/* Served by `ssg serve` only. Brings an open page up to date in place: it compares the page as it was served with the
   page as it is served now, and touches nothing else, so scroll, folds, focus and what scripts added stay. */
(() => {
  "use strict";
  let version = new URL(document.currentScript.src).searchParams.get("v");
  let source = null;
  let work = Promise.resolve();
  const twins = new WeakMap(); // node as served → the node that stands for it in the page

  const pair = (node, live) => {
    twins.set(node, live);
    node.childNodes.forEach((child, i) => pair(child, live.childNodes[i]));
  };
  const carry = (old, fresh) => {
    twins.set(fresh, twins.get(old));
    fresh.childNodes.forEach((child, i) => carry(old.childNodes[i], child));
  };
  const adopt = (node) => {
    const live = document.importNode(node, true);
    pair(node, live);
    return live;
  };
  let served = document.documentElement.cloneNode(true); // this script runs before the page's own
  pair(served, document.documentElement);

  const isSheet = (node) => node.nodeName === "LINK" && node.rel === "stylesheet";
  const alike = (x, y) => x.nodeName === y.nodeName && x.id === y.id;
  const has = (nodes, id) => id && nodes.some((node) => node.id === id);

  /* A style sheet gives way only when the new one is there: no flash of an unstyled page. */
  const swap = (live, fresh) => {
    const next = adopt(fresh);
    next.onload = next.onerror = () => live.remove();
    live.after(next);
  };
  const patch = (old, fresh) => {
    const live = twins.get(old);
    if (old.isEqualNode(fresh)) return carry(old, fresh);
    if (isSheet(old)) return swap(live, fresh);
    twins.set(fresh, live);
    if (fresh.nodeType !== Node.ELEMENT_NODE) { live.data = fresh.data; return undefined; }
    for (const { name } of old.attributes) if (!fresh.hasAttribute(name)) live.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) live.setAttribute(name, value);
    const a = [...old.childNodes];
    const b = [...fresh.childNodes];
    let after = null;
    const tail = [];
    while (a.length && b.length && a.at(-1).isEqualNode(b.at(-1))) tail.push([a.pop(), b.pop()]);
    tail.forEach(([x, y]) => { carry(x, y); after = twins.get(y); });
    while (a.length || b.length) {
      const [x, y] = [a[0], b[0]];
      if (x && y && alike(x, y)) patch(a.shift(), b.shift());
      else if (y && (!x || has(b, x.id))) live.insertBefore(adopt(b.shift()), x ? twins.get(x) : after);
      else if (!y || has(a, y.id)) twins.get(a.shift()).remove();
      else twins.get(a.shift()).replaceWith(adopt(b.shift()));
    }
    return undefined;
  };

  /* What cannot be exchanged under a running page: its scripts and its policy. */
  const fixed = (page) => [...page.querySelectorAll("script:not([type*=json]), meta[http-equiv]")]
    .map((el) => el.outerHTML).filter((html) => !html.includes("/_ssg/")).join("\n");

  /* Unversioned addresses get another query, or the browser would not ask for them again. */
  const freshen = (page, changed) => page.querySelectorAll("link[rel=stylesheet], img[src]").forEach((el) => {
    const name = el.href ? "href" : "src";
    const url = new URL(el[name], location.href);
    if (!changed.includes(url.pathname)) return;
    url.searchParams.set("ssg", version);
    el.setAttribute(name, url.href);
  });

  const key = `ssg-open ${location.pathname}`;
  const folds = () => [...document.querySelectorAll("details")];
  const reload = () => {
    sessionStorage.setItem(key, JSON.stringify(folds().map((el) => el.open)));
    location.reload();
  };
  const kept = JSON.parse(sessionStorage.getItem(key) || "[]");
  sessionStorage.removeItem(key);
  if (kept.length === folds().length) folds().forEach((el, i) => { el.open = kept[i]; });

  const take = async (news) => {
    if (news.version === version) return;
    if (!news.changed) return reload();
    const text = await (await fetch(location.href)).text();
    version = news.version;
    const fresh = new DOMParser().parseFromString(text, "text/html").documentElement;
    const scripts = [...document.scripts].map((el) => el.src && new URL(el.src).pathname);
    if (fixed(fresh) !== fixed(served) || news.changed.some((path) => scripts.includes(path))) return reload();
    freshen(fresh, news.changed);
    try { patch(served, fresh); served = fresh; } catch { reload(); } // a script has moved what it did not make
  };

  /* A hidden page lets go of its connection (browsers allow six to a host), and catches up when it is seen again. */
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`/_ssg/events?v=${version}`);
    source.onmessage = (event) => { work = work.then(() => take(JSON.parse(event.data))).catch(() => undefined); };
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
