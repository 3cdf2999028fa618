/* Search from the built files alone: the index comes in scripts, which a page opened from a disk may load too.
   search/index.js names the rest; words-N.js lead from words to stories; stories/<story>/search.js says what a story says. */
(function () {
  "use strict";
  var form = document.getElementById("search");
  if (!form) return;
  var input = document.getElementById("query");
  var list = document.getElementById("found");
  var status = document.getElementById("found-said");
  var root = form.dataset.root.replace(/index\.html$/, "");
  var SHOWN = 10, SENTENCES = 3, RANGES = 8;

  /* Files, each loaded once. */
  var waiting = {};
  var loaded = {};
  window.variorum = function (name, value) { if (waiting[name]) waiting[name](value); };
  var load = function (name, path) {
    if (!loaded[name]) {
      loaded[name] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        waiting[name] = resolve;
        script.src = root + path;
        script.onerror = function () { delete loaded[name]; reject(new Error(path)); };
        document.head.appendChild(script);
      });
    }
    return loaded[name];
  };
  var index = function () { return load("index", "search/index.js?v=" + form.dataset.mark); };

  /* The same as generator/site/search.py does to the texts. */
  var plain = function (text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
  };
  var unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+/g;
  var grouped = /(?<![\p{N}.,])\p{N}{1,3}(?:[,.’'\u00a0\u202f]\p{N}{3})+(?!\p{N})/gu;
  var ungrouped = function (text) {
    return text.replace(grouped, function (number) { return number.replace(/\P{N}/gu, ""); });
  };
  var wordsOf = function (text) {
    var found = [];
    (plain(ungrouped(text)).match(/[\p{L}\p{N}]+/gu) || []).forEach(function (word) {
      var at = 0;
      word.replace(unspaced, function (run, start) {
        if (at < start) found.push(word.slice(at, start));
        var signs = Array.from(run);
        for (var i = 0; i < Math.max(signs.length - 1, 1); i++) found.push(signs.slice(i, i + 2).join(""));
        at = start + run.length;
      });
      if (at < word.length) found.push(word.slice(at));
    });
    return found;
  };

  /* Stories that have a word, or one that begins with it: number → worth. */
  var lookUp = function (manifest, word) {
    var ranges = manifest[2];
    var first = 0;
    while (first + 1 < ranges.length && ranges[first + 1][0] <= word) first++;
    var wanted = [];
    for (var n = first; n < ranges.length && n < first + RANGES && (n === first || ranges[n][0].startsWith(word)); n++) wanted.push(n);
    return Promise.all(wanted.map(function (n) { return load("words-" + n, "search/words-" + n + ".js?v=" + ranges[n][1]); }))
      .then(function (parts) {
        var stories = new Map();
        parts.forEach(function (part) {
          for (var i = 0; i < part.length; i += 2) {
            if (!part[i].startsWith(word)) continue;
            var whole = part[i] === word ? 2 : 1;
            var number = 0;
            part[i + 1].split(" ").forEach(function (step) {
              number += parseInt(step, 36);
              var story = number >> 2, worth = (number & 3) * whole;
              stories.set(story, Math.max(stories.get(story) || 0, worth));
            });
          }
        });
        return stories;
      });
  };

  /* Stories that have all words, the worthiest first; rare words are worth more. */
  var find = function (manifest, words) {
    return Promise.all(words.map(function (word) { return lookUp(manifest, word); })).then(function (sets) {
      var scores = new Map();
      sets.forEach(function (set, at) {
        var rare = Math.log(1 + manifest[0] / (set.size || 1));
        if (at === 0) set.forEach(function (worth, story) { scores.set(story, worth * rare); });
        else scores.forEach(function (score, story) {
          if (set.has(story)) scores.set(story, score + set.get(story) * rare); else scores.delete(story);
        });
      });
      return Array.from(scores).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; }).map(function (s) { return s[0]; });
    });
  };

  var listed = function (manifest, story) {
    var block = Math.floor(story / manifest[1]);
    return load("stories-" + block, "search/stories-" + block + ".js?v=" + manifest[3][block])
      .then(function (entries) { return entries[story % manifest[1]]; });
  };

  /* Text with the words that were searched marked; only text nodes are made, never markup. */
  var marked = function (element, text, words) {
    var at = 0;
    text.replace(new RegExp(grouped.source + "|[\\p{L}\\p{N}\\p{M}]+", "gu"), function (word, start) {
      var bare = plain(ungrouped(word));
      if (!words.some(function (w) { return bare.startsWith(w) || (w.match(unspaced) && bare.includes(w)); })) return;
      element.append(text.slice(at, start));
      var mark = document.createElement("mark");
      mark.className = "hit";
      mark.textContent = word;
      element.append(mark);
      at = start + word.length;
    });
    element.append(text.slice(at));
    return element;
  };
  var make = function (name, kind, text) {
    var el = document.createElement(name);
    if (kind) el.className = kind;
    if (text) el.textContent = text;
    return el;
  };
  var anchor = function (href, text, kind) {
    var el = make("a", kind, text);
    el.href = href;
    return el;
  };

  /* A story's sentences and quotations that have most of the words. */
  var best = function (story, words) {
    var rows = story[1].map(function (s) { return { ids: s[0].split(" "), text: s[1], quote: "" }; })
      .concat(story[2].map(function (q) { return { ids: [q[0]], text: q[2], quote: q[1] }; }));
    rows.forEach(function (row, at) {
      var has = wordsOf(row.text);
      row.at = at;
      row.hits = words.reduce(function (sum, w) { return sum + (has.indexOf(w) >= 0 ? 2 : has.some(function (h) { return h.startsWith(w); }) ? 1 : 0); }, 0);
    });
    return rows.filter(function (row) { return row.hits; }).sort(function (a, b) { return b.hits - a.hits || a.at - b.at; }).slice(0, SENTENCES);
  };
  var show = function (item, entry, story, words) {
    var base = root + "stories/" + encodeURIComponent(entry[0]) + "/";
    var tellings = {};
    story[0].forEach(function (t) { tellings[t[0]] = t; });
    var rows = make("ul", "found-rows");
    rows.setAttribute("role", "list");
    var lines = best(story, words);
    if (!lines.length) {
      /* Found by a title of a telling, an outlet or a name. */
      story[0].filter(function (t) { return wordsOf(t[1] + " " + t[3]).some(function (h) { return words.some(function (w) { return h.startsWith(w); }); }); })
        .slice(0, SENTENCES).forEach(function (t) {
          var line = make("li");
          line.append(anchor(base + encodeURIComponent(t[2]) + "/index.html", t[0], "siglum"), " ");
          var said = marked(make("span"), t[1] + (t[3] ? ": " + t[3] : ""), words);
          said.dir = "auto";
          line.append(said);
          rows.append(line);
        });
    }
    lines.forEach(function (row) {
      var line = make("li");
      row.ids.forEach(function (id) {
        var sigil = id.replace(/\d+$/, "");
        var t = tellings[sigil];
        var href = row.quote ? base + "index.html#" + row.quote : base + encodeURIComponent(t[2]) + "/index.html#" + id;
        var link = anchor(href, sigil, "siglum");
        link.title = t[1];
        line.append(link);
      });
      var said = marked(make("span"), row.quote ? "“" + row.text + "”" : row.text, words);
      said.dir = "auto";
      line.append(" ", said);
      rows.append(line);
    });
    item.append(rows);
  };

  /* One search at a time: a later one makes an earlier one's answer void. */
  var turn = 0;
  var search = function () {
    var query = input.value.trim();
    var words = Array.from(new Set(wordsOf(query))).slice(0, 8);
    var mine = ++turn;
    var address = location.pathname + (query ? "?q=" + encodeURIComponent(query) : "");
    try { history.replaceState(null, "", address); } catch (e) { /* opened from a place without addresses */ }
    if (!words.length) { list.replaceChildren(); status.textContent = query && form.dataset.none.replace("{query}", query); return Promise.resolve(); }
    return index().then(function (manifest) {
      return find(manifest, words).then(function (stories) {
        if (mine !== turn) return;
        list.replaceChildren();
        var n = stories.length;
        status.textContent = !n ? form.dataset.none.replace("{query}", query)
          : n === 1 ? form.dataset.one : form.dataset.many.replace("{n}", n.toLocaleString(document.documentElement.lang));
        return more(manifest, stories, words, 0, mine);
      });
    }).catch(function () { if (mine === turn) status.textContent = form.dataset.lost; })
      .then(function () { if (mine === turn) form.dataset.answered = query; });
  };
  var more = function (manifest, stories, words, from, mine) {
    return Promise.all(stories.slice(from, from + SHOWN).map(function (story) {
      return listed(manifest, story).then(function (entry) {
        return load("stories/" + entry[0], "stories/" + encodeURIComponent(entry[0]) + "/search.js?v=" + entry[4]).then(function (said) { return [entry, said]; });
      });
    })).then(function (found) {
      if (mine !== turn) return;
      found.forEach(function (pair) {
        var entry = pair[0];
        var item = make("li", "found-story");
        var head = make("h2");
        var link = anchor(root + "stories/" + encodeURIComponent(entry[0]) + "/index.html");
        marked(link, entry[1], words);
        link.dir = "auto";
        head.append(link);
        item.append(head, make("p", "dateline", [entry[2], form.dataset.tellings.replace("{n}", entry[3])].filter(Boolean).join(" · ")));
        show(item, entry, pair[1], words);
        list.append(item);
      });
      if (from + SHOWN < stories.length) {
        var button = make("button", "quiet", form.dataset.more);
        button.type = "button";
        var item = make("li", "found-more");
        item.append(button);
        list.append(item);
        button.addEventListener("click", function () {
          item.remove();
          var last = list.children.length;
          more(manifest, stories, words, from + SHOWN, mine).then(function () { var next = list.children[last]; if (next) next.querySelector("a").focus(); });
        });
      }
    });
  };

  var wait = 0;
  var soon = function () { clearTimeout(wait); wait = setTimeout(search, 120); };
  input.addEventListener("input", soon);
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(wait); search(); });
  input.addEventListener("keydown", function (event) {
    var first = list.querySelector("a");
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== input && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); input.focus(); input.select(); }
  });

  form.hidden = false;
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { input.value = asked; search(); }
  input.focus({ preventScroll: true });
})();
