// Starts the preview on a copy of the example site, and saves files in it as editors do.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

export async function preview(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), "offprint-serve-"));
  const site = join(folder, "site");
  cpSync(options.site ?? join(project, "example-site"), site, { recursive: true });
  rmSync(join(site, ".offprint"), { recursive: true, force: true });
  rmSync(join(site, "public"), { recursive: true, force: true });
  const program = resolve(project, process.env.OFFPRINT ?? "target/debug/offprint");
  const child = spawn(program, ["serve", site, "--port", "0", ...(options.args ?? [])], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...options.env },
  });
  let log = "";
  const origin = await new Promise((found, failed) => {
    child.stderr.on("data", (text) => {
      log += text;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(log);
      if (address) found(address[0]);
    });
    child.on("exit", (code) => failed(new Error(`the preview ended with ${code}: ${log}`)));
  });
  const path = (file) => join(site, file);
  return {
    origin,
    site,
    child,
    log: () => log,
    read: (file) => readFileSync(path(file), "utf8"),
    write: (file, text) => writeFileSync(path(file), text),
    replace(file, from, to) {
      const text = readFileSync(path(file), "utf8");
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      writeFileSync(path(file), text.replace(from, to));
    },
    // A new file put in the place of the old one, as many editors save.
    renameOver(file, text) {
      writeFileSync(`${path(file)}.tmp`, text);
      renameSync(`${path(file)}.tmp`, path(file));
    },
    async stop() {
      const ended = new Promise((done) => child.on("exit", done));
      child.kill("SIGINT");
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
