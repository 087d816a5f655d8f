// Builds the example site and serves it on loopback under a sub-path, as a project page would be.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, "../..");
export const base = "/people/zoq/";
export const axeSource = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2",
  ".png": "image/png", ".jpg": "image/jpeg", ".xml": "application/xml", ".svg": "image/svg+xml", ".json": "application/json",
  ".txt": "text/plain; charset=utf-8", ".ics": "text/calendar", ".bib": "text/plain; charset=utf-8", ".ris": "text/plain; charset=utf-8",
};

function buildExample(change = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "offprint-browser-"));
  const site = join(folder, "site");
  cpSync(join(project, "example-site"), site, { recursive: true });
  rmSync(join(site, ".offprint"), { recursive: true, force: true });
  rmSync(join(site, "public"), { recursive: true, force: true });
  const program = resolve(project, process.env.OFFPRINT ?? "target/debug/offprint");
  // Builds it, or builds it again with another change.
  const build = (change) => {
    change(site);
    execFileSync(program, ["build", site, "--quiet", "--base-url", `https://host.example${base}`], { stdio: ["ignore", "ignore", "inherit"] });
  };
  build(change);
  return { output: join(site, "public"), build, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// Puts a theme and a language into `site.yaml`, or other settings in place of its lines.
export const inLook = (theme, language = "en") => (site) => {
  const file = join(site, "site.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^ {2}language: .*$(\n {2}theme: .*$)?/m, `  language: ${language}\n  theme: ${theme}`));
};

// The example built, served and a browser to see it with; `close` ends all three.
export async function openExample(change, options) {
  const example = buildExample(change);
  const server = await serveFolder(example.output, base);
  const browser = await launch(options);
  const close = async () => {
    await browser.close();
    await server.close();
    example.remove();
  };
  return { example, server, browser, close };
}

export function pagesOf(output) {
  const pages = [];
  const walk = (folder) => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (name.endsWith(".html")) pages.push(relative(output, path).split("\\").join("/"));
    }
  };
  walk(output);
  return pages;
}

// Serves a folder under a path, as a host does: what is not there gets the page for lost readers.
export async function serveFolder(output, base) {
  const server = http.createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (!path.startsWith(base)) return response.writeHead(404).end();
    let file = join(output, path.slice(base.length));
    try {
      if (statSync(file).isDirectory()) file = join(file, "index.html");
      const body = readFileSync(file);
      const type = types[file.slice(file.lastIndexOf("."))] ?? "application/octet-stream";
      // As hosts send it.
      const zipped = /^(text|application\/(json|xml))|svg/.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"]);
      const headers = { "content-type": type, vary: "accept-encoding", ...(zipped && { "content-encoding": "gzip" }) };
      response.writeHead(200, headers).end(zipped ? gzipSync(body) : body);
    } catch {
      response.writeHead(404, { "content-type": "text/html; charset=utf-8" }).end(readFileSync(join(output, "404.html")));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => server.close(done)) };
}

// `port`: where tools that speak to the browser themselves find it.
export const launch = ({ port } = {}) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", ...(port ? [`--remote-debugging-port=${port}`] : [])],
  });
