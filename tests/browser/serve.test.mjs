// What the preview promises in a browser.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./site.mjs";
import { preview } from "./serve.mjs";

let server, browser;

before(async () => {
  server = await preview();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(path, options = {}) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const faults = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  tab.on("request", (request) => {
    if (new URL(request.url()).origin !== server.origin) faults.push(`request to ${request.url()}`);
  });
  await tab.goto(server.origin + path, { waitUntil: "load" });
  await tab.evaluate(() => { window.notReloaded = true; });
  return { context, tab, faults };
}

const kept = (tab) => tab.evaluate(() => window.notReloaded === true);
const soon = { timeout: 10_000 };

test("a saved page is shown without a reload, and keeps scroll, details and focus", async () => {
  const { context, tab, faults } = await open("/research/", { viewport: { width: 800, height: 300 }, reducedMotion: "reduce" });
  await tab.evaluate(() => {
    const box = document.createElement("details");
    box.id = "made-by-script";
    box.open = true;
    document.querySelector("main").append(box);
    scrollTo(0, 120);
  });
  await tab.locator("a[href]").last().focus();
  const before = await tab.evaluate(() => [scrollY, document.activeElement.getAttribute("href")]);
  server.write("pages/research.md", server.read("pages/research.md") + "\n\nWritten after a shift.\n");
  await tab.locator("main", { hasText: "Written after a shift." }).waitFor(soon);
  assert.ok(await kept(tab), "the page was not reloaded");
  assert.deepEqual(await tab.evaluate(() => [scrollY, document.activeElement.getAttribute("href")]), before);
  assert.ok(await tab.evaluate(() => document.getElementById("made-by-script")?.open), "what a script added is still there");
  assert.deepEqual(faults, []);
  await context.close();
});

test("a saved record is shown on its page and on the list", async () => {
  const { context, tab } = await open("/publications/");
  const file = "records/publications.yaml";
  const text = server.read(file);
  const title = /title: "?([A-Z][^\n"<]{20,80})/.exec(text)[1];
  server.replace(file, title, `Saved ${title}`);
  await tab.locator("main", { hasText: `Saved ${title}` }).first().waitFor(soon);
  assert.ok(await kept(tab));
  server.renameOver(file, text);
  await tab.waitForFunction((words) => !document.querySelector("main").textContent.includes(words), `Saved ${title}`, soon);
  assert.ok(await kept(tab));
  await context.close();
});

test("a list that is open is not sent again for one title", async () => {
  const { context, tab, faults } = await open("/publications/");
  const file = "records/publications.yaml";
  const text = server.read(file);
  const title = /title: "?([A-Z][^\n"<]{20,80})/.exec(text)[1];
  await tab.evaluate(() => document.getElementById("r1").click());
  const shown = () => tab.locator("li.entry:visible").count();
  const before = await shown();
  const answers = [];
  tab.on("response", async (answer) => {
    if (new URL(answer.url()).pathname === "/publications/") answers.push([answer.headers()["content-type"], (await answer.body()).length]);
  });
  for (const words of ["Shown", "Shown again"]) {
    server.write(file, text.replace(title, `${words} ${title}`));
    await tab.locator("main", { hasText: `${words} ${title}` }).first().waitFor(soon);
  }
  server.write(file, text);
  await tab.waitForFunction((words) => !document.querySelector("main").textContent.includes(words), `Shown again ${title}`, soon);
  assert.equal(await shown(), before, "the filter stays as it was set");
  assert.deepEqual(answers.map(([type]) => type), Array(3).fill("application/json"));
  assert.ok(answers.every(([, length]) => length < 20_000), `${answers}`);
  assert.ok(await kept(tab));
  assert.deepEqual(faults, []);
  await context.close();
});

test("a record that stands on another page is led to", async () => {
  const { context, tab } = await open("/contact/");
  const file = "records/teaching.yaml";
  const text = server.read(file);
  const title = /title: "?([A-Z][^\n",}]{6,60})/.exec(text)[1];
  server.replace(file, title, `Newly ${title}`);
  const link = tab.locator("offprint-preview a.elsewhere");
  await link.filter({ hasText: `Newly ${title}` }).waitFor(soon);
  assert.match(await link.getAttribute("href"), /^\/teaching\//);
  server.write(file, text);
  await context.close();
});

test("broken YAML puts the problems over the page, and they go when it is mended", async () => {
  const { context, tab } = await open("/");
  const heading = await tab.locator("h1").first().textContent();
  const file = "records/awards.yaml";
  const text = server.read(file);
  server.write(file, `${text}\n- title: [never closed\n  jounral: x\n`);
  const overlay = tab.locator("offprint-preview details.problems");
  await overlay.waitFor(soon);
  assert.match(await overlay.innerText(), /records\/awards\.yaml:\d+:\d+/);
  assert.equal(await tab.locator("h1").first().textContent(), heading);
  server.write(file, text);
  await overlay.waitFor({ state: "detached", ...soon });
  assert.ok(await kept(tab));
  await context.close();
});

test("a broken template puts the problem over the page, and it goes when it is mended", async () => {
  const { context, tab } = await open("/");
  mkdirSync(join(server.site, "overrides/templates"), { recursive: true });
  await new Promise((done) => setTimeout(done, 300));
  server.write("overrides/templates/home.html", "{% extends \"home.html\" %}{% block");
  const overlay = tab.locator("offprint-preview details.problems");
  await overlay.waitFor(soon);
  assert.match(await overlay.innerText(), /overrides\/templates\/home\.html/);
  server.write("overrides/templates/home.html", "<!doctype html><html><head><title>x</title></head><body><main>Own home</main></body></html>");
  await tab.locator("main", { hasText: "Own home" }).waitFor(soon);
  await overlay.waitFor({ state: "detached", ...soon });
  await context.close();
});

test("a draft is shown at its address, marked, and the bar tells how the public sees the site", async () => {
  const { context, tab } = await open("/draft-idea/");
  assert.match(await tab.locator("offprint-preview .mark").innerText(), /^Draft/);
  const away = tab.locator("offprint-preview a.switch");
  assert.equal(await away.innerText(), "Show drafts");
  await away.click();
  await tab.waitForURL(`${server.origin}/_offprint/drafts/draft-idea/`);
  assert.equal(await tab.locator("offprint-preview a.switch").innerText(), "As the public sees it");
  await context.close();
});

test("everything but the reload works without JavaScript", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(`${server.origin}/publications/`);
  assert.ok(await tab.locator("offprint-preview .bar").isVisible());
  await tab.locator("offprint-preview .bar a").first().click();
  assert.match(await tab.locator("h1").innerText(), /author only/);
  assert.ok((await tab.locator("li").count()) > 5);
  await context.close();
});

test("the author's page lists what is hidden, projects, deadlines and proofs", async () => {
  const { context, tab, faults } = await open("/_offprint/");
  const headings = await tab.locator("h2").allInnerTexts();
  for (const wanted of ["Problems", "Hidden from the public", "Projects by stage", "Deadlines", "Evidence missing"]) {
    assert.ok(headings.some((heading) => heading.startsWith(wanted)), wanted);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test("an open page says when the preview has ended", async () => {
  const own = await preview();
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(own.origin);
  assert.equal(await own.stop(), 0);
  await tab.locator("offprint-preview .gone").waitFor(soon);
  await context.close();
});
