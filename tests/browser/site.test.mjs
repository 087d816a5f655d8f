// What the example site promises in a browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { base, openExample, pagesOf } from "./site.mjs";

let example, server, browser, close, pages;

before(async () => {
  ({ example, server, browser, close } = await openExample());
  pages = pagesOf(example.output);
});

after(() => close?.());

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

test("a citation is copied as the plain text that the page shows, and with italics and links for a word processor", async () => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const tab = await context.newPage();
  const page = pages.find((name) => /^publications\/svs-cohort\/index\.html$/.test(name));
  await tab.goto(address(page));
  const box = tab.locator("[data-cite]").first();
  await box.getByRole("button").first().click();
  // Writing to the clipboard takes its time; the page says when it is done.
  await tab.locator("body > [role=status]", { hasText: /\S/ }).waitFor({ state: "attached" });
  const copied = await tab.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, (await box.locator("p").first().textContent()).trim());
  assert.match(copied, /Oyelaran-Quist ZA/);
  const rich = await tab.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType("text/html")).text();
  });
  assert.match(rich, /<i>[^<]+<\/i>/);
  assert.match(rich, /<a [^>]*href="https:\/\/doi\.org\//);
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
