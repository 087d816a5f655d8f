// From the return of the write to the words painted in Chromium, for saves of every kind.
//
//   OFFPRINT=target/release/offprint node tests/benches/serve.mjs [SITE] [SAVES]
//   HUGO=/path/to/hugo HUGO_SITE=/path/to/site HUGO_PAGE=content/about.md HUGO_ADDRESS=/about/ adds `hugo server`.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "../browser/site.mjs";
import { preview } from "../browser/serve.mjs";

const [site, saves = "50"] = process.argv.slice(2).map((word) => word || undefined);
const now = () => performance.timeOrigin + performance.now();
const pause = (time) => new Promise((done) => setTimeout(done, time));

// The page notes when something first holds after a change and a frame with it was drawn.
const watchFor = (tab, holds, value) =>
  tab.evaluate(([source, wanted]) => {
    const holds = new Function("wanted", `return (${source})(wanted)`);
    window.painted = new Promise((done) => {
      const look = () => {
        if (!holds(wanted)) return requestAnimationFrame(look);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.timeOrigin + performance.now());
        channel.port2.postMessage(0);
      };
      look();
    });
  }, [holds.toString(), value]);

function report(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  console.log(`${name.padEnd(34)} median ${at(0.5)} ms   p95 ${at(0.95)} ms   worst ${at(1)} ms   (${times.length})`);
}

async function measure(name, tab, save, holds) {
  const times = [];
  for (let number = 0; number < Number(saves); number++) {
    const value = `save${Date.now()}x${number}`;
    await watchFor(tab, holds, value);
    save(value, number);
    const saved = now();
    const painted = await Promise.race([tab.evaluate(() => window.painted), pause(15_000).then(() => null)]);
    if (painted === null) throw new Error(`${name}: save ${number} was never seen`);
    times.push(painted - saved);
    await pause(120);
  }
  report(name, times);
}

// Looked for where it is to stand: reading all text of a list of thousands takes longer than showing it.
const hasWords = (wanted) => (document.getElementById(window.entry) ?? document.querySelector("main")).textContent.includes(wanted);

const browser = await launch();
const tab = await (await browser.newContext()).newPage();
const server = await preview({ site });
const memory = () => /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))?.[1] / 1024;

const records = server.read("records/publications.yaml");
const title = /\btitle: "?([A-Z][A-Za-z ]{12,60})/.exec(records)[1];
const id = /- \{?id: "?([\w-]+)/.exec(records)[1];
await tab.goto(`${server.origin}/publications/`, { waitUntil: "load" });
await tab.evaluate((id) => { window.entry = id; }, id);
await pause(1500);
const start = memory();
await measure("a record, its list open", tab, (value) => server.write("records/publications.yaml", records.replace(title, `${value} ${title}`)), hasWords);
await tab.goto(`${server.origin}/publications/${id}/`, { waitUntil: "load" });
await measure("a record, its page open", tab, (value) => server.write("records/publications.yaml", records.replace(title, `${value} ${title}`)), hasWords);
server.write("records/publications.yaml", records);

const page = readdirSync(join(server.site, "pages")).find((name) => !["about.md", "research.md", "draft-idea.md"].includes(name));
await tab.goto(`${server.origin}/${page.replace(".md", "")}/`, { waitUntil: "load" });
const text = server.read(`pages/${page}`);
await measure("a page", tab, (value) => server.write(`pages/${page}`, `${text}\n\n${value}\n`), hasWords);

mkdirSync(join(server.site, "overrides/templates"), { recursive: true });
mkdirSync(join(server.site, "overrides/assets"), { recursive: true });
await pause(500);
const override = (value) => `{% extends "offprint/page.html" %}{% block title %}${value}{% endblock title %}`;
await measure("a template", tab, (value) => server.write("overrides/templates/page.html", override(value)), (wanted) => document.title.includes(wanted));
const sheet = readFileSync(new URL("../../themes/offprint/assets/base.css", import.meta.url), "utf8");
await measure("a style sheet", tab, (value, number) => server.write("overrides/assets/base.css", `${sheet}\nbody{outline-offset:${number + 1}px}`),
  () => { const width = getComputedStyle(document.body).outlineOffset; const known = window.knownWidth; window.knownWidth ??= width; return known !== undefined && known !== width && ((window.knownWidth = width), true); });
const photo = join(server.site, "files/photos/portrait.jpg");
if (existsSync(photo)) {
  await tab.goto(`${server.origin}/`, { waitUntil: "load" });
  await pause(500);
  const bytes = readFileSync(photo);
  const other = Buffer.concat([bytes, Buffer.from([0])]);
  await tab.evaluate(() => { window.loads = 0; document.addEventListener("load", (event) => { if (event.target.localName === "img") window.loads++; }, true); });
  await measure("a photo", tab, (value, number) => writeFileSync(photo, Buffer.concat([number % 2 ? bytes : other, Buffer.from(value)])),
    () => { if (window.lastLoads === undefined) { window.lastLoads = window.loads; } const more = window.loads > window.lastLoads; if (more) window.lastLoads = undefined; return more; });
}
console.log(`memory: ${start?.toFixed(0)} MB before, ${memory()?.toFixed(0)} MB after`);
await server.stop();

if (process.env.HUGO) {
  const folder = mkdtempSync(join(tmpdir(), "hugo-serve-"));
  cpSync(process.env.HUGO_SITE, folder, { recursive: true });
  // Hugo takes every variable that begins with its name for a setting.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("HUGO")));
  const hugo = spawn(process.env.HUGO, ["server", "--source", folder, "--port", "4599", "--bind", "127.0.0.1"], { stdio: "ignore", env });
  const address = `http://127.0.0.1:4599${process.env.HUGO_ADDRESS}`;
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(address).then((answer) => answer.ok, () => false)) break;
    await pause(200);
  }
  await tab.goto(address, { waitUntil: "load" });
  await pause(1500);
  const file = join(folder, process.env.HUGO_PAGE);
  const old = readFileSync(file, "utf8");
  const times = [];
  for (let number = 0; number < Number(saves); number++) {
    const value = `save${Date.now()}x${number}`;
    writeFileSync(file, `${old}\n\n${value}\n`);
    const saved = now();
    // A page that reloads loses its promise, so each new document is asked again.
    for (let end = now() + 15_000; now() < end; ) {
      const seen = await tab.evaluate((wanted) => new Promise((done) => requestAnimationFrame(() => done(document.body.textContent.includes(wanted)))), value).catch(() => false);
      if (seen) break;
    }
    times.push(now() - saved);
    await pause(300);
  }
  report("hugo server, a page", times);
  hugo.kill();
  rmSync(folder, { recursive: true, force: true });
}
await browser.close();
