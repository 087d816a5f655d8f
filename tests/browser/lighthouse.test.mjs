// What Lighthouse says of the pages that a reader is sent to, on a telephone.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import lighthouse from "lighthouse";
import { base, inLook, openExample } from "./site.mjs";

const pages = {
  offprint: ["", "publications/", "publications/svs-cohort/", "cv/"],
  "grand-rounds": [""],
};
const categories = ["performance", "accessibility", "best-practices", "seo"];
// The network and the processor are simulated, not slowed down, so that a score depends little on the
// machine; yet one that is busy with other work loses points. A page is as good as the best of its runs.
const runs = 3;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

for (const [theme, addresses] of Object.entries(pages)) {
  describe(`Lighthouse of ${theme}`, () => {
    let port, server, close;

    before(async () => {
      port = await freePort();
      ({ server, close } = await openExample(inLook(theme), { port }));
    });

    after(() => close?.());

    for (const address of addresses) {
      test(`/${address} has full marks`, async (t) => {
        const best = Object.fromEntries(categories.map((category) => [category, 0]));
        let lost = [];
        for (let run = 0; run < runs && categories.some((category) => best[category] < 100); run++) {
          const options = { port, onlyCategories: categories, disableFullPageScreenshot: true, logLevel: "error" };
          const { lhr } = await lighthouse(server.origin + base + address, options);
          assert.equal(lhr.configSettings.formFactor, "mobile");
          for (const category of categories) best[category] = Math.max(best[category], Math.round(lhr.categories[category].score * 100));
          lost = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 1).map((audit) => `${audit.id} ${audit.score} ${audit.displayValue ?? ""}`);
        }
        t.diagnostic(`${theme} /${address}: ${categories.map((category) => `${category} ${best[category]}`).join(", ")}`);
        assert.deepEqual(Object.values(best), [100, 100, 100, 100], lost.join("; "));
      });
    }
  });
}
