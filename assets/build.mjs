import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const source = dirname(fileURLToPath(import.meta.url));
const root = dirname(source);
const packages = join(root, "node_modules");
const target = join(root, "var", "assets");

const { css } = sass.compile(join(source, "reception.scss"), {
  loadPaths: [packages],
  style: "compressed",
  quietDeps: true,
});

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await cp(join(packages, "@fontsource-variable/golos-text/files"), join(target, "files"), { recursive: true });
await cp(join(source, "reception.js"), join(target, "reception.js"));
await cp(join(source, "favicon.svg"), join(target, "favicon.svg"));
await writeFile(join(target, "reception.css"), css);
console.log(`var/assets: ${(css.length / 1024).toFixed(0)} KB of styles`);
