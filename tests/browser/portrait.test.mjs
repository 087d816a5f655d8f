// A portrait as a camera gives it: large, and with more in it than a picture.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { base, inLook, launch, openExample } from "./site.mjs";

const secret = "Canary-51.5007N-0.1246W";

// A photograph of 1800 by 2250 pixels with a place in its EXIF block and another in its comment.
async function photograph() {
  const browser = await launch();
  const tab = await browser.newPage();
  const address = await tab.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1800, height: 2250 });
    const brush = canvas.getContext("2d");
    const ground = brush.createLinearGradient(0, 0, 1800, 2250);
    ground.addColorStop(0, "#345");
    ground.addColorStop(1, "#dca");
    brush.fillStyle = ground;
    brush.fillRect(0, 0, 1800, 2250);
    brush.fillStyle = "#fed";
    brush.arc(900, 900, 500, 0, 7);
    brush.fill();
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  await browser.close();
  const bytes = Buffer.from(address.split(",")[1], "base64");
  const segment = (marker, content) => Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content]);
  const hidden = [segment(0xe1, Buffer.from(`Exif\0\0${secret}`)), segment(0xfe, Buffer.from(secret))];
  return Buffer.concat([bytes.subarray(0, 2), ...hidden, bytes.subarray(2)]);
}

const holds = (folder, words) =>
  readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile() && readFileSync(path).includes(words));

test("a large portrait comes in widths, keeps its place and loses what was hidden in it", async () => {
  const picture = await photograph();
  assert.ok(picture.includes(secret));
  const { example, server, browser, close } = await openExample((site) => writeFileSync(join(site, "files/photos/portrait.jpg"), picture));
  try {
    for (const theme of ["offprint", "grand-rounds"]) {
      example.build(inLook(theme));
      const photos = join(example.output, "files/photos");
      const sizes = [480, 960, 1600].map((width) => statSync(join(photos, `portrait-${width}w.jpg`)).size);
      assert.ok(sizes[0] < sizes[1] && sizes[1] < sizes[2] && existsSync(join(photos, "portrait.jpg")), sizes.join(" "));
      assert.deepEqual(holds(example.output, secret), []);

      // It is shown 105 or 180 pixels wide by the default theme, up to 260 by the other.
      for (const [width, scale, most] of [[390, 3, 480], [1280, 1, 480], [1280, 2, 960]]) {
        const context = await browser.newContext({ viewport: { width, height: 844 }, deviceScaleFactor: scale });
        const tab = await context.newPage();
        await tab.addInitScript(() => {
          window.moved = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; })).observe({ type: "layout-shift", buffered: true });
        });
        await tab.goto(server.origin + base, { waitUntil: "networkidle" });
        assert.ok(await tab.locator("img.portrait").isVisible(), `the portrait is seen at ${width} in ${theme}`);
        const { at, ...seen } = await tab.locator("img.portrait").evaluate((image) => ({
          width: image.getAttribute("width"), height: image.getAttribute("height"), alt: image.alt.length > 0, moved: window.moved,
          at: image.currentSrc.split("/").pop(), widths: image.srcset.split(", ").map((part) => part.split(" ")[1]).join(" "),
        }));
        assert.deepEqual(seen, { width: "1800", height: "2250", alt: true, moved: 0, widths: "480w 960w 1600w 1800w" });
        assert.ok(Number(/-(\d+)w\.jpg$/.exec(at)?.[1]) <= most, `${at} at ${width} × ${scale} in ${theme}`);
        await context.close();
      }
    }
  } finally {
    await close();
  }
});
