// Sites in which every text that a schema knows holds somebody's attempt to run a script or to fetch from elsewhere.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// `hit()` tells the test; the host `evil.test` is one that no page may ask.
export const payloads = [
  "<script>hit()</script>", "\"><script>hit()</script>", "'><script>hit()</script>", "</title><script>hit()</script>",
  "</script><script>hit()</script>", "</style><script>hit()</script>", "</textarea><script>hit()</script>", "--><script>hit()</script><!--",
  "]]><script>hit()</script>", "<img src=none.png onerror=hit()>", "\"><img src=none.png onerror=hit()>", "' onmouseover='hit()' autofocus onfocus='hit()' x='",
  "\" autofocus onfocus=\"hit()\" x=\"", "<svg onload=hit()>", "<svg><script>hit()</script></svg>", "<svg><animate onbegin=hit() attributeName=x dur=1s>",
  "<svg><a xlink:href=\"javascript:hit()\"><text y=20>x</text></a></svg>", "<math href=\"javascript:hit()\">x</math>", "<body onload=hit()>", "<details open ontoggle=hit()>x</details>",
  "<input autofocus onfocus=hit()>", "<select autofocus onfocus=hit()>", "<video><source onerror=hit()></video>", "<audio src=none.png onerror=hit()>",
  "<iframe src=\"javascript:hit()\"></iframe>", "<iframe srcdoc=\"<script>parent.hit()</script>\"></iframe>", "<object data=\"javascript:hit()\"></object>", "<embed src=\"javascript:hit()\">",
  "<base href=\"https://evil.test/\">", "<meta http-equiv=refresh content=\"0;url=javascript:hit()\">", "<meta http-equiv=refresh content=\"0;url=https://evil.test/\">", "<link rel=stylesheet href=https://evil.test/x.css>",
  "<style>@import 'https://evil.test/x.css';</style>", "<p style=\"background:url(https://evil.test/x.png)\">x</p>", "<form action=\"javascript:hit()\"><button>x</button></form>", "<a href=\"javascript:hit()\">x</a>",
  "<a href=\"JaVaScRiPt:hit()\">x</a>", "<a href=\"java\tscript:hit()\">x</a>", "<a href=\"&#106;avascript:hit()\">x</a>", "<a href=\"data:text/html,<script>hit()</script>\">x</a>",
  "javascript:hit()", "[x](javascript:hit())", "[x](<javascript:hit()>)", "![x](https://evil.test/x.png)",
  "![x](none.png\"onerror=\"hit())", "[x]: javascript:hit()\n\n[x]", "<javascript:hit()>", "<https://evil.test/\"onmouseover=\"hit()>",
  "`<script>hit()</script>`", "```html\n<script>hit()</script>\n```", "{{ 7 * 191 }}{% set x = 1 %}{{ __tera_context }}", "{% raw %}<script>hit()</script>{% endraw %}",
  "<noscript><p title=\"</noscript><img src=none.png onerror=hit()>\">", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=none.png onerror=hit()&gt;\">", "<i onclick=hit()>x</i><b style=\"x\">y</b><sup><script>hit()</script></sup>", "<i><img src=none.png onerror=hit()></i>",
  "\u2028hit()//\u2029\"};hit();//", "\\\"};hit();//", "&lt;script&gt;hit()&lt;/script&gt;", "&amp;lt;img src=none.png onerror=hit()&amp;gt;<!--<img src=\"--><img src=none.png onerror=hit()//\">",
];

const resolved = (schema, root) => {
  let found = schema;
  while (found.$ref || found.anyOf) {
    found = found.$ref ? root.$defs[found.$ref.split("/").pop()] : (found.anyOf.find((one) => one.type === "array") ?? found.anyOf.find((one) => one.type !== "null"));
  }
  return found;
};

// One line for each text, so that what is refused can be taken out by its line.
class Writer {
  constructor(root, first, theme) {
    Object.assign(this, { root, theme, next: first, lines: [] });
  }

  payload() {
    return payloads[this.next++ % payloads.length];
  }

  value(schema, name, indent) {
    const type = schema.$ref?.split("/").pop() ?? schema.anyOf?.find((one) => one.$ref)?.$ref.split("/").pop();
    const found = resolved(schema, this.root);
    if (name === "theme") return this.theme;
    if (name === "id") return `work-${this.next}`;
    if (type === "PartialDate" || name === "date") return "2024-05-17";
    const choices = found.enum ?? found.oneOf?.flatMap((one) => one.enum ?? (one.const === undefined ? [] : [one.const]));
    if (choices?.length) {
      const shown = { status: ["published", "presented", "awarded", "active"], visibility: ["public"] }[name] ?? [];
      return JSON.stringify(choices.find((choice) => shown.includes(choice)) ?? choices[this.next++ % choices.length]);
    }
    const types = [found.type].flat();
    if (types.includes("string")) return JSON.stringify(this.payload());
    if (types.includes("boolean")) return "true";
    if (types.includes("integer") || types.includes("number")) return name === "featured" ? "1" : "2";
    if (types.includes("array")) {
      return `[${JSON.stringify(this.payload())}]`;
    }
    if (found.properties) return null;
    return JSON.stringify(this.payload());
  }

  fields(schema, indent, first = indent) {
    let lead = first;
    const order = Object.entries(schema.properties).sort(([a], [b]) => (b === "title") - (a === "title"));
    for (const [name, field] of order) {
      // Threads of a record are ids, which are refused when nothing has them; those of the site have names.
      if (["private", "format", "visibility", "publish", "threads"].includes(name) && !resolved(field.items ?? {}, this.root).properties) continue;
      const found = resolved(field, this.root);
      const item = found.type === "array" && found.items ? resolved(found.items, this.root) : null;
      if (item?.properties) {
        this.lines.push(`${lead}${name}:`);
        this.fields(item, `${indent}    `, `${indent}  - `);
      } else if (found.properties) {
        this.lines.push(`${lead}${name}:`);
        this.fields(found, `${indent}  `);
      } else {
        this.lines.push(`${lead}${name}: ${this.value(field, name, indent)}`);
      }
      lead = indent;
    }
  }

  text() {
    return `${this.lines.join("\n")}\n`;
  }
}

// Takes out what stands at a line, with all that is indented below it.
const without = (text, line) => {
  const lines = text.split("\n");
  const depth = (at) => lines[at].search(/[^ ]/);
  const start = Math.min(line, lines.length) - 1;
  // A record whose head is refused keeps its dash for the next field.
  let end = start + 1;
  while (end < lines.length && lines[end] && depth(end) > depth(start) && !/^ *- /.test(lines[start])) end++;
  const dash = lines[start].match(/^( *)- /);
  lines.splice(start, end - start);
  if (dash && lines[start]?.startsWith(`${dash[1]}  `)) lines[start] = `${dash[1]}- ${lines[start].trimStart()}`;
  return lines.join("\n");
};

// Takes out the whole record, or item of a list, that holds a line.
const withoutItem = (text, line) => {
  const lines = text.split("\n");
  const depth = (at) => lines[at].search(/[^ ]/);
  let start = line - 1;
  const within = depth(start);
  while (start > 0 && !(/^ *- /.test(lines[start]) && (start === line - 1 || depth(start) < within))) start--;
  let end = start + 1;
  while (end < lines.length && lines[end] && depth(end) > depth(start)) end++;
  lines.splice(start, end - start);
  return lines.join("\n");
};

// Writes a site whose texts are payloads from the one with the number `first` on; what `check` refuses is taken out,
// unless the site is to stay `faulty`. Gives the number of texts that stayed.
export function writeHostileSite(program, folder, first, { theme = "offprint", faulty = false } = {}) {
  rmSync(folder, { recursive: true, force: true });
  const schemas = JSON.parse(execFileSync(program, ["schema"], { maxBuffer: 1 << 26 }));
  const files = new Map();
  for (const [path, schema] of Object.entries(schemas)) {
    const root = path.startsWith("records/") ? resolved(schema.items ?? schema, schema) : schema;
    if (path !== "site.yaml" && !(path.startsWith("records/") && schema.items)) continue;
    const writer = new Writer(schema, first + path.length, theme);
    if (path === "site.yaml") {
      writer.lines.push("format: 1");
      writer.fields(root, "");
    } else {
      for (let record = 0; record < 3; record++) writer.fields(root, "  ", "- ");
    }
    files.set(path, writer.text());
  }
  const all = payloads.map((payload, number) => `## ${payload}\n\n${payload}\n\nIn a line: ${payload} and on.\n\n- ${payload}\n\n| ${payload.replaceAll("\n", " ")} |\n|---|\n| ${number} |\n`);
  const head = `---\ntitle: ${JSON.stringify(payloads[first % payloads.length])}\ndescription: ${JSON.stringify(payloads[(first + 7) % payloads.length])}\n---\n\n`;
  files.set("pages/about.md", `${payloads[(first + 3) % payloads.length]}\n`);
  files.set("pages/research.md", `${head}${payloads[(first + 5) % payloads.length]}\n`);
  const share = Math.ceil(all.length / 4);
  for (let part = 0; part < 4; part++) files.set(`pages/part-${part}.md`, head + all.slice(part * share, (part + 1) * share).join("\n"));
  const write = () => {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  for (let round = 0; ; round++) {
    write();
    if (faulty) break;
    const run = spawnSync(program, ["check", folder, "--format", "json", "--today", "2026-11-24"], { encoding: "utf8", maxBuffer: 1 << 28 });
    const errors = JSON.parse(run.stdout).diagnostics.filter((one) => one.severity === "error");
    if (errors.length === 0) break;
    if (round === 40) throw new Error(`still refused: ${JSON.stringify(errors.slice(0, 3))}`);
    const places = new Map();
    for (const { file, line, code, message } of errors) {
      if (!line || !files.has(file)) throw new Error(`a fault that has no line: ${file}: ${message}`);
      // What a record must have was refused, and the record goes with it.
      const cut = code === "OP350" ? withoutItem : without;
      places.set(file, (places.get(file) ?? new Map()).set(line, cut));
    }
    for (const [file, lines] of places) {
      const cuts = [...lines].sort(([a], [b]) => b - a);
      // One record at a time, since its lines move those of the others.
      const [whole] = cuts.filter(([, cut]) => cut === withoutItem);
      for (const [line, cut] of whole ? [whole] : cuts) files.set(file, cut(files.get(file), line));
    }
  }
  return [...files.values()].join("").split("\n").filter((line) => /hit\(\)|evil\.test|7 \* 191/.test(line)).length;
}
