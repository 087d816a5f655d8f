// A site in which every text is somebody's attempt to run a script: none runs, nothing is asked of another host, and
// the page's own policy has nothing to report. `OFFPRINT_CASES=200` opens more of them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { payloads, writeHostileSite } from "./hostile.mjs";
import { preview } from "./serve.mjs";
import { base, launch, pagesOf, serveFolder } from "./site.mjs";

const program = resolve(process.env.OFFPRINT ?? "target/debug/offprint");
const cases = Number(process.env.OFFPRINT_CASES ?? 4);
let browser, folder;

before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "offprint-hostile-"));
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// A tab that remembers whatever it should not do.
async function watched(origin) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const faults = [];
  const note = (what) => faults.push(`${what} on ${tab.url()}`);
  await context.exposeFunction("hit", () => note("a script ran"));
  await context.exposeFunction("blocked", (what) => note(`the policy reports ${what}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => window.blocked(`${event.violatedDirective} ${event.blockedURI}`));
  });
  tab.on("dialog", (dialog) => (note("a dialog"), dialog.dismiss()));
  tab.on("popup", () => note("a window"));
  tab.on("pageerror", (error) => note(`an error: ${error}`));
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && note(`the console says ${message.text()}`));
  await context.route("**", (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || url.protocol === "data:") return route.continue();
    note(`a request to ${url}`);
    return route.abort();
  });
  return { context, tab, faults };
}

// Does what a visitor may do by accident: points at everything and puts the cursor into it.
const touch = (tab) =>
  tab.evaluate(() => {
    for (const element of document.querySelectorAll("body *")) {
      for (const event of ["mouseover", "focus", "toggle", "error", "begin"]) element.dispatchEvent(new Event(event, { bubbles: true }));
    }
    for (const link of document.querySelectorAll("a[href]")) {
      if (!/^(https?|mailto|tel|file):$/.test(link.protocol)) window.blocked(`a link to ${link.protocol}`);
    }
  });

test("the payloads are many and different", () => {
  assert.equal(payloads.length, 60);
  assert.equal(new Set(payloads).size, 60);
});

test("the test sees a script that runs, a request that leaves and a policy that is broken", async () => {
  const page = join(folder, "unsafe");
  mkdirSync(page);
  writeFileSync(join(page, "index.html"), `<meta http-equiv="content-security-policy" content="img-src 'none'"><img src="data:image/gif,x"><script>hit()</script><link rel=stylesheet href="https://evil.test/x.css"><a href="javascript:hit()">x</a>`);
  const server = await serveFolder(page, "/");
  const { context, tab, faults } = await watched(server.origin);
  await tab.goto(server.origin);
  await touch(tab);
  await context.close();
  await server.close();
  for (const what of ["a script ran", "a request to https://evil.test", "the policy reports img-src", "the policy reports a link to javascript:"]) {
    assert.ok(faults.some((fault) => fault.startsWith(what)), `${what}\n${faults.join("\n")}`);
  }
});

test("no script of a hostile site runs, in either theme", async () => {
  let texts = 0, opened = 0;
  for (let number = 0; number < cases; number++) {
    const site = join(folder, "site");
    texts += writeHostileSite(program, site, number * 7, { theme: number % 2 ? "grand-rounds" : "offprint" });
    execFileSync(program, ["build", site, "--quiet", "--today", "2026-11-24"], { stdio: ["ignore", "ignore", "ignore"] });
    const output = join(site, "public");
    const server = await serveFolder(output, base);
    const { context, tab, faults } = await watched(server.origin);
    for (const page of pagesOf(output)) {
      await tab.goto(`${server.origin}${base}${page}`, { waitUntil: "load" });
      await touch(tab);
      opened++;
    }
    await context.close();
    await server.close();
    assert.deepEqual(faults, [], `the site that begins with payload ${number * 7}`);
  }
  assert.ok(texts > cases * 400 && opened > cases * 10, `${texts} texts, ${opened} pages`);
  console.log(`${cases} sites, ${texts} hostile texts, ${opened} pages opened`);
});

test("the preview of a hostile site shows its faults and the author's page, and runs nothing", async () => {
  const site = join(folder, "faulty");
  writeHostileSite(program, site, 11, { faulty: true });
  const running = await preview({ site });
  const { context, tab, faults } = await watched(running.origin);
  for (const page of ["/", "/_offprint/", "/publications/", "/nowhere/"]) {
    await tab.goto(running.origin + page, { waitUntil: "load" });
    await touch(tab);
  }
  assert.match(await tab.goto(`${running.origin}/_offprint/`).then((answer) => answer.text()), /&lt;script&gt;/);
  await context.close();
  assert.equal(await running.stop(), 0);
  const unexpected = faults.filter((fault) => !/the console says Failed to load resource: .* 404/.test(fault));
  assert.deepEqual(unexpected, []);
});
