// What comes out of the printer: the pages that are printed, in both themes, on both papers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { base, inLook, openExample } from "./site.mjs";

const papers = { A4: [595, 842], Letter: [612, 792] };
const pages = ["", "publications/", "cv/"];

// The pieces of text on each sheet, with their boxes in points.
async function sheets(pdf) {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0, useSystemFonts: true }).promise;
  const all = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const boxes = items.filter((item) => item.str.trim()).map((item) => ({ text: item.str, left: item.transform[4], bottom: item.transform[5], width: item.width, height: item.height }));
    all.push({ size: page.view.slice(2).map(Math.round), boxes });
  }
  await document.destroy();
  return all;
}

// Without spaces, small capitals and the signs of broken words, so that a line's end does not matter.
const bare = (text) => text.replace(/[\s\u00ad\u200b\u2010-]+/gu, "").toLowerCase();

for (const theme of ["offprint", "grand-rounds"]) {
  describe(`${theme} on paper`, () => {
    let server, browser, close;

    before(async () => {
      ({ server, browser, close } = await openExample(inLook(theme)));
    });

    after(() => close?.());

    for (const address of pages) {
      test(`/${address} is printed whole, without navigation, with the addresses of its links`, async () => {
        const tab = await browser.newPage();
        await tab.goto(server.origin + base + address, { waitUntil: "load" });
        if (address === "publications/") {
          // Whatever is chosen on the screen, paper shows all.
          await tab.locator(".filter").evaluate((box) => { box.open = true; });
          await tab.locator(".filter input").nth(1).check({ force: true });
        }
        await tab.emulateMedia({ media: "print" });
        // What a telephone or a projector is told to do must not reach the paper.
        await tab.setViewportSize({ width: 654, height: 900 });
        const { menu, titles, links, clipped } = await tab.evaluate(read);
        assert.deepEqual(clipped, []);
        assert.ok(menu.length >= 5 && titles.length > 0);

        for (const [format, size] of Object.entries(papers)) {
          const printed = await sheets(await tab.pdf({ format, printBackground: false }));
          const text = bare(printed.map((sheet) => sheet.boxes.map((box) => box.text).join(" ")).join(" "));
          for (const sheet of printed) {
            const [width, height] = sheet.size;
            assert.ok(Math.abs(width - size[0]) < 2 && Math.abs(height - size[1]) < 2, `${sheet.size} for ${format}`);
            const cut = sheet.boxes.filter((box) => box.left < 30 || box.left + box.width > width - 30 || box.bottom < 15 || box.bottom + box.height > height - 30);
            assert.deepEqual(cut, [], format);
          }
          assert.ok(!text.includes(bare(menu.join(""))), "the menu");
          for (const word of ["Skip to content", "Filter by", "BibTeX", "Copy citation", "Find in the list"]) {
            assert.ok(!text.includes(bare(word)), word);
          }
          for (const title of titles) assert.ok(text.includes(bare(title)), title);
          for (const link of links) assert.ok(text.includes(bare(link)), `${link} cannot be read on ${format}`);
        }
        await tab.close();
      });
    }
  });
}

// Runs in the page: words of the menu, titles, addresses that a reader of paper must see, and boxes that hide a part of what they hold.
function read() {
  const shown = (element) => element.getClientRects().length > 0;
  const of = (selector, value) => [...document.querySelectorAll(selector)].map(value).filter(Boolean);
  const isCut = (element) => {
    const { overflowX } = getComputedStyle(element);
    return shown(element) && !element.closest(".vh") && overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
  };
  return {
    menu: of("nav li", (item) => item.textContent.trim()),
    titles: of("h1, main h2, .entry .csl a, .work h3, .row h3", (title) => title.textContent.trim()),
    // An e-mail address stands after its scheme; of a reference the DOI is enough; a page of this site needs none.
    links: of("main a[href], header a[href]", (link) => {
      const { protocol, origin, pathname, hostname } = link;
      if (!shown(link) || origin === location.origin) return "";
      if (protocol === "mailto:") return pathname;
      if (hostname === "doi.org") return decodeURIComponent(pathname.slice(1));
      return link.getAttribute("href").replace(/^https?:\/\/|\/$/g, "");
    }),
    clipped: of("main *", (element) => isCut(element) && `${element.tagName} ${element.className}`),
  };
}
