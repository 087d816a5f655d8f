// What the example site promises in a browser.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { axeSource, base, buildExample, launch, pagesOf, serve } from "./site.mjs";

let example, server, browser, pages;

before(async () => {
  example = buildExample();
  pages = pagesOf(example.output);
  server = await serve(example.output);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
  example?.remove();
});

// One page of each kind; the rest of the publications differ only in their data.
const kinds = () => {
  const publication = pages.filter((page) => /^publications\/[^/]+\/index\.html$/.test(page));
  const redirect = publication.filter((page) => readFileSync(join(example.output, page), "utf8").includes("http-equiv=\"refresh\""));
  return pages.filter((page) => !publication.includes(page)).concat(publication.filter((page) => !redirect.includes(page)).slice(0, 3));
};

const address = (page) => `${server.origin}${base}${page.replace(/index\.html$/, "")}`;

async function open(page, options = {}) {
  const context = await browser.newContext({ bypassCSP: false, ...options });
  const tab = await context.newPage();
  const faults = [];
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(message.text()));
  tab.on("pageerror", (error) => faults.push(String(error)));
  tab.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== server.origin) faults.push(`request to ${url.origin}`);
  });
  tab.on("response", (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`));
  await tab.goto(address(page), { waitUntil: "load" });
  return { context, tab, faults };
}

test("the example has a page of every kind", () => {
  for (const page of ["index.html", "publications/index.html", "presentations/index.html", "research/index.html", "cv/index.html", "404.html"]) {
    assert.ok(pages.includes(page), page);
  }
  assert.ok(kinds().length >= 9);
});

test("every page loads without a fault, a policy violation or a request elsewhere", async () => {
  for (const page of pages) {
    const { context, faults } = await open(page);
    assert.deepEqual(faults, [], page);
    await context.close();
  }
});

test("no page scrolls sideways from 320 pixels up", async () => {
  for (const page of kinds()) {
    for (const width of [320, 390, 768, 1280]) {
      const { context, tab } = await open(page, { viewport: { width, height: 844 } });
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${page} at ${width}: ${overflow} pixels too wide`);
      await context.close();
    }
  }
});

test("axe finds nothing on any kind of page, narrow and wide, light and dark", async () => {
  for (const page of kinds()) {
    for (const [width, colorScheme] of [[390, "light"], [390, "dark"], [1280, "light"], [1280, "dark"]]) {
      const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 844 }, colorScheme });
      const tab = await context.newPage();
      await tab.goto(address(page));
      await tab.evaluate(axeSource);
      const { violations } = await tab.evaluate(() => globalThis.axe.run());
      const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")}`);
      assert.deepEqual(found, [], `${page} at ${width} ${colorScheme}`);
      await context.close();
    }
  }
});

test("the publications filter works without JavaScript", async () => {
  const { context, tab } = await open("publications/index.html", { javaScriptEnabled: false });
  await tab.locator(".filter > summary").click();
  const all = await tab.locator("li.entry:visible").count();
  const choice = tab.locator(".filter input[type=radio][data-n]").nth(2);
  const wanted = Number(await choice.getAttribute("data-n"));
  await choice.check({ force: true });
  const shown = await tab.locator("li.entry:visible").count();
  assert.ok(all > shown);
  assert.equal(shown, wanted);
  await context.close();
});

test("a citation is copied as the plain text that the page shows", async () => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const tab = await context.newPage();
  const page = pages.find((name) => /^publications\/svs-cohort\/index\.html$/.test(name));
  await tab.goto(address(page));
  const box = tab.locator("[data-cite]").first();
  await box.getByRole("button").first().click();
  const copied = await tab.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, (await box.locator("p").first().textContent()).trim());
  assert.match(copied, /Oyelaran-Quist ZA/);
  await context.close();
});

test("pages read from the disk keep their style and their links", async () => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(join(example.output, "index.html")).href);
  const family = await tab.evaluate(() => getComputedStyle(document.querySelector("h1")).fontFamily);
  assert.match(family, /Offprint/);
  const links = await tab.locator("nav a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  assert.ok(links.length > 0 && links.every((href) => !href.startsWith("/")), links.join(" "));
  await context.close();
});

test("a first view stays within its budget, as hosts send it", async () => {
  for (const page of kinds()) {
    const sent = new Map();
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const tab = await context.newPage();
    tab.on("response", (response) => sent.set(response.url(), response.request().resourceType()));
    await tab.goto(address(page), { waitUntil: "networkidle" });
    let total = 0, css = 0, js = 0;
    for (const [url, kind] of sent) {
      if (url.startsWith("data:") || kind === "image") continue;
      const path = decodeURIComponent(new URL(url).pathname).slice(base.length);
      const file = join(example.output, path === "" || path.endsWith("/") ? `${path}index.html` : path);
      const bytes = readFileSync(file);
      total += kind === "font" ? bytes.length : gzipSync(bytes).length;
      if (kind === "stylesheet") css += statSync(file).size;
      if (kind === "script") js += statSync(file).size;
    }
    assert.ok(total <= 100_000, `${page}: ${total} bytes`);
    assert.ok(css < 20_480, `${page}: ${css} bytes of CSS`);
    assert.ok(js < 5_120, `${page}: ${js} bytes of JavaScript`);
    await context.close();
  }
});
