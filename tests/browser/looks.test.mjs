// Every kind of page, in both themes, narrow to wide, light and dark, from the left and from the right.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axeSource, base, inLook, openExample, pagesOf } from "./site.mjs";

const widths = [320, 390, 768, 1280];
const schemes = ["light", "dark"];
const standards = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22aa", "best-practice"];
// Bytes of style sheets that one page loads, before compression.
const sheets = { offprint: 20_480, "grand-rounds": 10_752 };

const inLookWithEverything = (theme, language) => (site) => {
  inLook(theme, language)(site);
  // Every kind of content that a page of text may hold.
  writeFileSync(join(site, "pages", "everything.md"), everything);
};

const everything = `---
title: Everything that a page may hold
---
A paragraph with a [link](https://example.org/), **strong** words, *a title*, \`code\`[^1] and [@svs-cohort].

## A heading

- a list
- of two

1. in
2. order

> A quotation.

| Protocol | Minutes |
|:---------|--------:|
| Head     |      12 |
| Spine    |      18 |

\`\`\`
a line of code that is longer than a telephone is wide, and must scroll in its own box without the page
\`\`\`

\`\`\`publications
limit: 2
\`\`\`

\`\`\`presentations
limit: 2
style: short
\`\`\`

\`\`\`awards
limit: 2
style: full
\`\`\`

[^1]: A note.
`;

// One page of each kind; publications differ only in their data, and redirects leave at once.
const kinds = (output) => {
  const isRedirect = (page) => readFileSync(join(output, page), "utf8").includes('http-equiv="refresh"');
  const isPublication = (page) => /^publications\/[^/]+\/index\.html$/.test(page);
  const pages = pagesOf(output).filter((page) => !isRedirect(page));
  return pages.filter((page) => !isPublication(page)).concat(pages.filter(isPublication).slice(0, 3));
};

describe("looks", { concurrency: 2 }, () => {
  for (const theme of ["offprint", "grand-rounds"]) {
    for (const language of ["en", "ar"]) {
      describe(`${theme} in ${language}`, () => {
        let example, server, browser, close, pages;

        before(async () => {
          ({ example, server, browser, close } = await openExample(inLookWithEverything(theme, language)));
          pages = kinds(example.output);
        });

        after(() => close?.());

        test("no page has a fault for axe, scrolls sideways, breaks its policy or asks another host", async () => {
          assert.ok(pages.length >= 14, pages.join(" "));
          // Colours that fade are measured half-way.
          const context = await browser.newContext({ reducedMotion: "reduce" });
          const tab = await context.newPage();
          const found = [];
          let at = "";
          const note = (text) => found.push(`${at}: ${text}`);
          tab.on("console", (message) => ["error", "warning"].includes(message.type()) && note(message.text()));
          tab.on("pageerror", (error) => note(String(error)));
          tab.on("response", (response) => response.status() >= 400 && note(`${response.status()} ${response.url()}`));
          tab.on("request", (request) => {
            const url = new URL(request.url());
            if (url.protocol !== "data:" && url.origin !== server.origin) note(`request to ${url.origin}`);
          });
          for (const page of pages) {
            at = page;
            await tab.goto(`${server.origin}${base}${page.replace(/index\.html$/, "")}`, { waitUntil: "load" });
            await tab.evaluate(axeSource);
            for (const width of widths) {
              await tab.setViewportSize({ width, height: 844 });
              for (const colorScheme of schemes) {
                at = `${page} at ${width}, ${colorScheme}`;
                await tab.emulateMedia({ colorScheme });
                const faults = await tab.evaluate(look, [standards, width === 390]);
                faults.forEach(note);
              }
            }
          }
          await context.close();
          assert.deepEqual(found, []);
        });

        test("every page stays within its budget, as hosts send it", (t) => {
          for (const page of pages) {
            const { total, css, js } = weight(example.output, page);
            t.diagnostic(`${page}: first view ${total}, CSS ${css}, JavaScript ${js}`);
            assert.ok(total <= 100_000, `${page}: ${total} bytes on first view`);
            assert.ok(css < sheets[theme], `${page}: ${css} bytes of CSS`);
            assert.ok(js < 5_120, `${page}: ${js} bytes of JavaScript`);
          }
        });

        test("nothing is written that no page asks for", () => {
          const text = pagesOf(example.output).map((page) => readFileSync(join(example.output, page), "utf8")).join("");
          const assets = readdirSync(join(example.output, "assets"));
          const named = text + assets.filter((name) => name.endsWith(".css")).map((name) => readFileSync(join(example.output, "assets", name), "utf8")).join("");
          const idle = assets.filter((name) => !named.includes(name) && !name.startsWith("OFL"));
          assert.deepEqual(idle, []);
        });

        test("the filter, the menu and the boxes that open work without JavaScript", async () => {
          const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
          const tab = await context.newPage();
          await tab.goto(server.origin + base);
          await tab.locator("nav a[href$='publications/']").click();
          const entries = tab.locator("li.entry:visible");
          const all = await entries.count();
          const choices = tab.locator(".filter input");
          assert.ok(!(await choices.first().isVisible()));
          await tab.locator(".filter > summary").click();
          for (let at = 1; at < (await choices.count()); at++) {
            await choices.nth(at).check({ force: true });
            assert.equal(await entries.count(), Number(await choices.nth(at).getAttribute("data-n")), await choices.nth(at).getAttribute("id"));
          }
          await choices.first().check({ force: true });
          assert.equal(await entries.count(), all);
          await tab.locator("li.entry details > summary").first().click();
          assert.ok(await tab.locator("li.entry [data-cite]").first().isVisible());
          await context.close();
        });
      });
    }
  }

  for (const theme of ["offprint", "grand-rounds"]) {
    test(`the first screen of a telephone says who, at what level, for what, with what work, in ${theme}`, async (t) => {
      const { server, browser, close } = await openExample(inLook(theme));
      t.after(close);
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
      const tab = await context.newPage();
      await tab.goto(server.origin + base);
      const words = ["Zainab Amelie Oyelaran-Quist", "R3 (PGY\u20114)", "neuroradiology fellowship", "From scanner to sentence", /First author or project lead of \d+ works/];
      const paper = tab.getByRole("link", { name: "Ordering, scanning, reading, telling" }).first();
      for (const seen of [...words.map((text) => tab.getByText(text).locator("visible=true").first()), paper, tab.getByRole("link", { name: "Curriculum vitae" })]) {
        const { y, height } = await seen.boundingBox();
        assert.ok(y >= 0 && y + height <= 844, `${await seen.textContent()}: ${y} to ${y + height}`);
      }
      // The theme is said once, whatever the width.
      assert.equal(await tab.getByText("From scanner to sentence").locator("visible=true").count(), 1);
      await paper.click();
      assert.match(await tab.locator("h1").textContent(), /^Ordering, scanning, reading, telling/);
    });
  }

  for (const theme of ["offprint", "grand-rounds"]) {
    test(`a name and a title longer than a telephone is wide are broken, not cut, in ${theme}`, async (t) => {
      const long = "Wolfeschlegelsteinhausenbergerdorff-Oyelaran-Quist";
      const { example, server, browser, close } = await openExample((site) => {
        inLook(theme)(site);
        const settings = join(site, "site.yaml");
        const named = readFileSync(settings, "utf8")
          .replace(/^ {2}name: .*$/m, `  name: Zainab Amelie ${long}`).replace(/^ {2}family_name: .*$/m, `  family_name: ${long}`)
          .replace(/^ {2}specialty: .*$/m, "  specialty: Interventional and diagnostic radiology with nuclear medicine")
          .replace(/name_variants: \[/, "name_variants: [Zainab Amelie Oyelaran-Quist, ");
        writeFileSync(settings, named);
        const works = join(site, "records/publications.yaml");
        writeFileSync(works, readFileSync(works, "utf8").replace(/title: ([A-Z])/, "title: Pneumonoultramicroscopicsilicovolcanoconiosis-in-the-emergency $1"));
      });
      t.after(close);
      const tab = await browser.newPage();
      for (const width of [320, 390, 1280]) {
        await tab.setViewportSize({ width, height: 844 });
        for (const page of kinds(example.output)) {
          await tab.goto(`${server.origin}${base}${page.replace(/index\.html$/, "")}`);
          const cut = await tab.evaluate(() => [...document.querySelectorAll("h1, h1 *, header *, main p, main li")].filter((element) => {
            const { left, right, width } = element.getBoundingClientRect();
            return width > 1 && !element.closest(".vh, .skip, .tab") && (left < 0 || right > innerWidth + 1);
          }).map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 30)}`));
          assert.deepEqual(cut, [], `${page} at ${width}`);
        }
      }
    });
  }

  test("the head of grand-rounds is as high on every page", async (t) => {
    const { example, server, browser, close } = await openExample(inLookWithEverything("grand-rounds", "en"));
    t.after(close);
    const tab = await browser.newPage();
    for (const width of [390, 1280]) {
      await tab.setViewportSize({ width, height: 844 });
      const heights = new Map();
      // A page for one reader has no menu in its head.
      for (const page of kinds(example.output).filter((page) => !page.startsWith("share/"))) {
        await tab.goto(`${server.origin}${base}${page.replace(/index\.html$/, "")}`);
        heights.set(await tab.evaluate(() => Math.round(document.querySelector(".slab").getBoundingClientRect().bottom)), page);
      }
      assert.equal(heights.size, 1, `${width}: ${[...heights].join("; ")}`);
    }
  });
});

// Runs in the page. The boxes that open are looked at once open as well.
async function look([standards, opened]) {
  const { documentElement: root } = document;
  document.querySelectorAll("main details").forEach((box) => { box.open = opened; });
  const faults = [];
  if (root.scrollWidth > root.clientWidth) faults.push(`${root.scrollWidth - root.clientWidth} pixels too wide`);
  const { violations } = await globalThis.axe.run(document, { runOnly: { type: "tag", values: standards }, resultTypes: ["violations"] });
  for (const { id, nodes } of violations) {
    faults.push(`${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
  }
  return faults;
}

// What a first visit to a page fetches, photographs apart. Only the faces that cover its letters count in full.
function weight(output, page) {
  const html = readFileSync(join(output, page), "utf8");
  const asset = (address) => join(output, "assets", address.split("/").pop());
  const links = (pattern) => [...html.matchAll(pattern)].map((match) => asset(match[1]));
  const css = links(/<link rel="stylesheet" href="([^"]+)"/g);
  const js = links(/<script src="([^"]+)"/g);
  const faces = css.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/@font-face\{[^}]*?url\(([^)]+)\)([^}]*)\}/g)]);
  const always = faces.filter((face) => !face[2].includes("unicode-range")).map((face) => asset(face[1]));
  const zipped = (file) => gzipSync(readFileSync(file)).length;
  const size = (files, of) => files.reduce((sum, file) => sum + of(file), 0);
  const plain = (file) => statSync(file).size;
  return {
    total: gzipSync(html).length + size([...css, ...js], zipped) + size(always, plain),
    css: size(css, plain),
    js: size(js, plain),
  };
}
