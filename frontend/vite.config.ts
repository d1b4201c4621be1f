import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The inside of one outline icon, without its <svg> and without the empty frame Tabler puts first. */
function drawing(name: string): string {
  const svg = readFileSync(here(`node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8");
  const inside = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
  return inside.replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").trim();
}

/** Writes icons.json: only the icons named in icons.txt, which the {% icon %} tag draws into the page. */
function icons(): Plugin {
  return {
    name: "fengqiao-icons",
    generateBundle() {
      const names = readFileSync(here("icons.txt"), "utf8").split("\n").filter(Boolean);
      const drawings = Object.fromEntries(names.map((name) => [name, drawing(name)]));
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(drawings) });
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [icons()],
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { console: here("src/entry-console.ts"), resident: here("src/entry-resident.ts") },
    },
  },
});
