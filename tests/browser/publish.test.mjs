// From `offprint new` to a site on the gh-pages branch of a repository, served under its name.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, pagesOf, serveFolder } from "./site.mjs";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = resolve(project, process.env.OFFPRINT ?? "target/debug/offprint");
const base = "/portfolio/";

let place, browser;

before(async () => {
  place = mkdtempSync(join(tmpdir(), "offprint-publish-"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(place, { recursive: true, force: true });
});

const git = (...words) => execFileSync("git", words, { cwd: place, encoding: "utf8" });

// Git takes the repository of this disk for the one at GitHub.
const environment = () => ({
  ...process.env,
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: `url.${place}/.insteadOf`,
  GIT_CONFIG_VALUE_0: "https://github.com/rao/",
  OFFPRINT_GIT_WEB: "http://127.0.0.1:9",
});
const offprint = (folder, ...words) => execFileSync(program, words, { cwd: folder, env: environment(), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

// Follows every link and asks for all that a page shows; gives the addresses and those that are not there.
async function crawl(home) {
  const origin = new URL(home).origin;
  const context = await browser.newContext();
  const tab = await context.newPage();
  const found = new Map();
  tab.on("response", (response) => found.set(response.url().split("#")[0], response.status()));
  const waiting = [home];
  const seen = new Set(waiting);
  while (waiting.length > 0) {
    const address = waiting.shift();
    await tab.goto(address, { waitUntil: "load" });
    const links = await tab.evaluate(() =>
      [...document.querySelectorAll("a[href], link[href], img[src], script[src]")].map((one) => one.href || one.src),
    );
    for (const link of links.map((link) => link.split("#")[0])) {
      if (!link.startsWith(origin) || seen.has(link)) continue;
      seen.add(link);
      if (/\/$|\.html$/.test(link)) waiting.push(link);
      else found.set(link, (await context.request.get(link)).status());
    }
  }
  await context.close();
  const missing = [...found].filter(([, status]) => status >= 400).map(([address]) => address);
  return { addresses: [...found.keys()], missing };
}

function publishAndServe(site, name) {
  const said = offprint(site, "publish", "--yes", "--today", "2026-11-24");
  assert.equal(said.trim(), "https://rao.github.io/portfolio/");
  const folder = join(place, name);
  git("clone", "--quiet", "--branch", "gh-pages", join(place, "portfolio.git"), folder);
  return serveFolder(folder, base);
}

test("a new site and the example, pushed to gh-pages and served under the repository's name, have no broken link", async () => {
  for (const [name, words] of [
    ["new", ["new", "site-new", "--yes", "--name", "Priya Rao", "--specialty", "Diagnostic radiology", "--institution", "Lakemoor", "--started", "2024-07"]],
    ["example", ["new", "site-example", "--example"]],
  ]) {
    git("init", "--quiet", "--bare", "portfolio.git");
    offprint(place, ...words);
    const site = join(place, `site-${name}`);
    if (name === "example") {
      // The example is at home elsewhere; here its address follows from the repository.
      const settings = readFileSync(join(site, "site.yaml"), "utf8").replace(/\n  url: https:\/\/zoq.*/, "").replace("github: zoq-example", "github: rao");
      writeFileSync(join(site, "site.yaml"), settings);
    }
    appendFileSync(join(site, "site.yaml"), "\npublish: {to: github-pages, repository: rao/portfolio}\n");
    const server = await publishAndServe(site, `checkout-${name}`);
    const { addresses, missing } = await crawl(`${server.origin}${base}`);
    assert.deepEqual(missing, [], name);
    const pages = pagesOf(join(place, `checkout-${name}`)).filter((page) => page !== "404.html");
    const reached = pages.filter((page) => addresses.includes(`${server.origin}${base}${page.replace(/index\.html$/, "")}`));
    console.log(`${name}: ${addresses.length} addresses asked for, 0 missing; ${reached.length} of ${pages.length} pages reached by links`);
    assert.ok(addresses.length >= (name === "new" ? 8 : 60), `${addresses.length} addresses`);
    // A page that was never there still has its style, from however deep it is asked for.
    const tab = await browser.newPage();
    const faults = [];
    tab.on("response", (response) => response.status() >= 400 && !response.url().endsWith("/no/such/page") && faults.push(response.url()));
    await tab.goto(`${server.origin}${base}no/such/page`);
    assert.deepEqual(faults, [], "the page for lost readers");
    await tab.close();
    await server.close();
    rmSync(join(place, "portfolio.git"), { recursive: true });
  }
});

test("after an id and a page's name have changed, with aliases, every address of before still answers", async () => {
  git("init", "--quiet", "--bare", "portfolio.git");
  offprint(place, "new", "site-moved", "--yes", "--name", "Priya Rao");
  const site = join(place, "site-moved");
  appendFileSync(join(site, "site.yaml"), "\npublish: {to: github-pages, repository: rao/portfolio}\n");
  const paper = "- {id: cohort, title: Time from order to scan, authors: Rao P, date: 2025, journal: Spine, doi: 10.5555/a, featured: 1}\n";
  writeFileSync(join(site, "records/publications.yaml"), paper);
  writeFileSync(join(site, "pages/method.md"), "# How I work\n\nWords.\n");
  const before = await publishAndServe(site, "checkout-before");
  const old = await crawl(`${before.origin}${base}`);
  await before.close();
  assert.deepEqual(old.missing, []);

  writeFileSync(join(site, "records/publications.yaml"), paper.replace("id: cohort,", "id: order-to-scan, aliases: [cohort],"));
  rmSync(join(site, "pages/method.md"));
  writeFileSync(join(site, "pages/approach.md"), "---\naliases: [method]\n---\n# How I work\n\nWords.\n");
  const now = await publishAndServe(site, "checkout-after");
  const tab = await browser.newPage();
  const lost = [];
  for (const address of old.addresses.map((address) => address.replace(before.origin, now.origin))) {
    const answer = await tab.request.get(address);
    if (!answer.ok()) lost.push(address);
  }
  assert.deepEqual(lost, []);
  await tab.goto(`${now.origin}${base}publications/cohort/`);
  await tab.waitForURL(`${now.origin}${base}publications/order-to-scan/`);
  await tab.goto(`${now.origin}${base}method/`);
  await tab.waitForURL(`${now.origin}${base}approach/`);
  const again = await crawl(`${now.origin}${base}`);
  assert.deepEqual(again.missing, []);
  console.log(`moved: ${old.addresses.length} addresses of before, 0 lost; ${again.addresses.length} now, 0 missing`);
  await tab.close();
  await now.close();
});
