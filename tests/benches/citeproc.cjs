// Prints the seconds that citeproc-js takes to cite a file of items: node citeproc.cjs ITEMS STYLES STYLE
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const CSL = require("citeproc");

const [items, styles, style] = process.argv.slice(2);
const list = JSON.parse(readFileSync(items, "utf8"));
const byId = new Map(list.map((item) => [item.id, item]));
const locale = (name) => readFileSync(join(styles, `locales-${name === "en-GB" ? "en-GB" : "en-US"}.xml`), "utf8");
const text = readFileSync(join(styles, `${style}.csl`), "utf8");

const start = process.hrtime.bigint();
const engine = new CSL.Engine({ retrieveLocale: locale, retrieveItem: (id) => byId.get(id) }, text);
engine.updateItems(list.map((item) => item.id));
engine.makeBibliography();
console.log(Number(process.hrtime.bigint() - start) / 1e9);
