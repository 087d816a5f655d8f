// Keeps the open page the same as the files, without a reload: hears of each build, fetches the
// page anew, and changes only what differs between what was sent before and what is sent now. So
// scroll position, open details, focus and filters stay, and so does what the theme's own script added.
(() => {
  "use strict";
  const HOST = "offprint-preview";
  const live = new WeakMap(); // node as last sent → node on the page
  const host = document.querySelector(HOST);
  if (!host) return;
  let { build, page: held } = host.dataset;
  let sent;
  let source, busy = false, again = null;

  function copy(node) {
    const twin = node.cloneNode(false);
    live.set(twin, node);
    for (const child of node.childNodes) if (!skipped(child)) twin.append(copy(child));
    return twin;
  }

  const skipped = (node) => node.localName === HOST || node.localName === "noscript";
  const isScript = (node) => node.localName === "script" && node.type !== "application/ld+json";
  const scripts = (root) => [...root.querySelectorAll("script")].filter(isScript).map((s) => s.src + s.textContent).join("\n");
  const alike = (a, b) => a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

  function change(old, next) {
    const node = live.get(old);
    if (old.nodeType !== 1) {
      if (old.data !== next.data) node.data = old.data = next.data;
      return;
    }
    if (old.localName === "link" && old.rel === "stylesheet" && old.getAttribute("href") !== next.getAttribute("href")) {
      const sheet = document.importNode(next, true);
      const gone = () => node.remove();
      sheet.onload = gone;
      sheet.onerror = gone;
      node.after(sheet);
      const twin = next.cloneNode(true);
      live.set(twin, sheet);
      old.replaceWith(twin);
      return;
    }
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) { node.removeAttribute(name); old.removeAttribute(name); }
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) { node.setAttribute(name, value); old.setAttribute(name, value); }
    children(old, next);
  }

  // What stands before and after the difference is left alone; inside it a moved-in or taken-out
  // piece is looked for a few places ahead, so that the cost stays in proportion to the page.
  function children(old, next) {
    const before = [...old.childNodes];
    const after = [...next.childNodes].filter((node) => !skipped(node));
    const same = (i, j) => before[i].isEqualNode(after[j]);
    let at = 0, to = 0, end = before.length, last = after.length;
    while (at < end && to < last && same(at, to)) { at++; to++; }
    while (end > at && last > to && same(end - 1, last - 1)) { end--; last--; }
    while (to < last && at < end) {
      const gone = ahead((step) => at + step < end && same(at + step, to));
      const added = gone ? 0 : ahead((step) => to + step < last && same(at, to + step));
      if (gone) for (let step = 0; step < gone; step++) remove(before[at++]);
      else if (added) for (let step = 0; step < added; step++) insert(old, after[to++], before[at]);
      else if (same(at, to)) { at++; to++; }
      else if (alike(before[at], after[to])) change(before[at++], after[to++]);
      else { insert(old, after[to++], before[at]); remove(before[at++]); }
    }
    while (at < end) remove(before[at++]);
    while (to < last) insert(old, after[to++], before[end] || null);
  }

  function ahead(found) {
    for (let step = 1; step <= 8; step++) if (found(step)) return step;
    return 0;
  }

  function remove(old) {
    live.get(old).remove();
    old.remove();
  }

  function insert(parent, next, before) {
    const node = document.importNode(next, true);
    const twin = copy(node);
    const spot = before && live.get(before);
    const home = live.get(parent);
    if (spot) home.insertBefore(node, spot);
    else {
      const kin = parent.lastChild && live.get(parent.lastChild);
      if (kin && kin.parentNode === home) kin.after(node);
      else if (parent.lastChild) throw new Error("the page was rearranged");
      else home.append(node);
    }
    parent.insertBefore(twin, before);
  }

  // Filters that the reader set hear of the new list.
  function wake() {
    for (const field of document.querySelectorAll("input, select, textarea")) {
      if (field.checked !== field.defaultChecked && field.checked) field.dispatchEvent(new Event("change", { bubbles: true }));
      else if (field.type !== "radio" && field.type !== "checkbox" && field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function refreshFiles(files) {
    const wanted = new Set(files.map((file) => new URL(host.dataset.root + file, location.href).pathname));
    const fresh = (address) => {
      const url = new URL(address, location.href);
      if (!wanted.has(decodeURI(url.pathname)) && !wanted.has(url.pathname)) return null;
      url.searchParams.set("offprint", build);
      return url.href;
    };
    for (const image of document.querySelectorAll("img, source, video, audio, embed")) {
      const address = image.src && fresh(image.src);
      if (address) image.src = address;
      if (image.srcset) {
        image.srcset = image.srcset.replace(/[^\s,]+(?=\s+[\d.]+[wx])/g, (one) => fresh(one) || one);
      }
    }
  }

  function bar(html) {
    const root = host.shadowRoot;
    const fold = root.querySelector("details.problems");
    const folded = fold && !fold.open && fold.dataset.key;
    const next = document.createElement("template");
    next.innerHTML = html;
    const now = next.content.querySelector("details.problems");
    if (now && folded === now.dataset.key) now.open = false;
    const sheet = root.querySelector("link");
    for (const node of [...root.childNodes]) if (node !== sheet) node.remove();
    next.content.querySelector("link").remove();
    root.append(next.content);
  }

  async function update(event) {
    if (busy) { again = event; return; }
    busy = true;
    try {
      const wanted = { accept: "text/html", ...(event.files.length ? {} : { "offprint-holds": held }) };
      const answer = await fetch(location.pathname + location.search, { cache: "no-store", headers: wanted });
      if (answer.headers.get("content-type") === "application/json") patch(await answer.json(), event);
      else renew(new DOMParser().parseFromString(await answer.text(), "text/html"), event);
    } catch {
      location.reload();
    } finally {
      busy = false;
    }
    if (again && again.build !== build) { const next = again; again = null; update(next); }
  }

  function renew(page, event) {
    const shell = page.querySelector(HOST);
    if (!shell || scripts(page) !== scripts(sent)) return location.reload();
    build = host.dataset.build = shell.dataset.build;
    held = shell.dataset.page;
    const main = sent.querySelector("main") || sent;
    const elsewhere = main.isEqualNode(page.querySelector("main") || page.documentElement);
    bar(shell.querySelector("template").innerHTML);
    shell.remove();
    const focused = document.activeElement && document.activeElement.id;
    change(sent, page.documentElement);
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
    if (!elsewhere) wake();
    if (event.files.length) refreshFiles(event.files);
    lead(elsewhere ? event.changed : []);
  }

  // Of a long page only the element that differs is sent.
  function patch(next, event) {
    const main = sent.querySelector("main");
    let elsewhere = true;
    for (const { id, html } of next.parts) {
      const box = document.createElement("template");
      box.innerHTML = html;
      const old = sent.querySelector("#" + CSS.escape(id));
      if (main?.contains(old)) elsewhere = false;
      change(old, box.content.firstElementChild);
    }
    if (!elsewhere) wake();
    build = host.dataset.build = next.build;
    held = next.page;
    bar(next.preview);
    lead(elsewhere ? event.changed : []);
  }

  function lead(changed) {
    const link = host.shadowRoot.querySelector("a.elsewhere");
    const here = decodeURI(location.pathname);
    const other = changed.find((one) => new URL(host.dataset.root + one.path, location.href).pathname !== here);
    link.hidden = !other || changed.some((one) => decodeURI(new URL(host.dataset.root + one.path, location.href).pathname) === here);
    if (!link.hidden) {
      link.href = host.dataset.root + other.path;
      link.textContent = "Changed: " + other.title;
    }
  }

  // A hidden tab holds no connection: a browser has six for one server, and each open page would keep one.
  function listen() {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/_offprint/events");
      source.onmessage = (message) => {
        const event = JSON.parse(message.data);
        host.shadowRoot.querySelector(".gone").hidden = true;
        if (event.session !== host.dataset.session) location.reload();
        else if (event.build !== build) update(event);
      };
      source.onerror = () => { host.shadowRoot.querySelector(".gone").hidden = false; };
    }
  }

  sent = copy(document.documentElement);
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { source?.close(); source = null; });
  addEventListener("pageshow", listen);
  listen();

  // Opening a file in the editor leaves the page where it is.
  host.shadowRoot.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.status !== 204) form.querySelector("button").textContent = (await answer.text()).trim();
  });
})();
