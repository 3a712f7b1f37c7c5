// Makes the runner's price table out of a checkout of github.com/anomalyco/models.dev (MIT).
//   node .ci/prices/trim.mjs CHECKOUT [OUTPUT]
// CHECKOUT is a git directory, bare or not; what is read is its HEAD, so that the same commit gives the same bytes.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const [checkout, output = "batch-runner/src/main/resources/io/github/batchferry/runner/cost/prices.json"] =
  process.argv.slice(2);
if (!checkout) {
  console.error("usage: node .ci/prices/trim.mjs CHECKOUT [OUTPUT]");
  process.exit(2);
}

// Vendors that an adapter speaks to and that bill by the token alone, with the hosts their API answers on.
const VENDORS = [
  { name: "openai", from: "openai", hosts: ["api.openai.com", "*.api.openai.com"] },
  { name: "anthropic", from: "anthropic", hosts: ["api.anthropic.com"] },
  { name: "google", from: "google", hosts: ["generativelanguage.googleapis.com"] },
  {
    name: "azure",
    from: "azure",
    hosts: ["*.openai.azure.com", "*.cognitiveservices.azure.com", "*.services.ai.azure.com"],
    only: /^(gpt-|o\d|codex-|text-embedding-)/,
  },
  {
    name: "openrouter",
    from: "openrouter",
    hosts: ["openrouter.ai"],
    only: /^(anthropic|cohere|deepseek|google|meta-llama|mistralai|moonshotai|openai|qwen|x-ai|z-ai)\//,
  },
  { name: "groq", from: "groq", hosts: ["api.groq.com"] },
  { name: "mistral", from: "mistral", hosts: ["api.mistral.ai"] },
  { name: "deepseek", from: "deepseek", hosts: ["api.deepseek.com"] },
  { name: "together", from: "togetherai", hosts: ["api.together.xyz", "api.together.ai"] },
  { name: "xai", from: "xai", hosts: ["api.x.ai"] },
  { name: "cerebras", from: "cerebras", hosts: ["api.cerebras.ai"] },
  { name: "fireworks", from: "fireworks-ai", hosts: ["api.fireworks.ai"] },
];
const PRICES = ["input", "output", "cache_read", "cache_write"];
// Audio is billed apart by some, but usage does not tell it apart: the prices of text stand. The last is a slip of the
// source, outside its own schema.
const PASSED_OVER = ["input_audio", "output_audio", "cached_input"];

const git = (...args) => execFileSync("git", ["-C", checkout, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });

function entries(folder) {
  return git("ls-tree", "-r", "HEAD", folder)
    .split("\n")
    .map((line) => /^(\d+) \w+ \w+\t(.+\.toml)$/.exec(line))
    .filter((found) => found)
    .map(([, mode, path]) => {
      if (mode === "120000") throw new Error(`${path}: a symbolic link, which this script does not follow`);
      return path;
    });
}

/** The tables of a TOML file, as far as they are made of single-line entries: [{name, entries: Map}]. */
function tables(text) {
  const found = [{ name: "", entries: new Map() }];
  for (const line of text.split("\n")) {
    const header = /^\[+\s*([^\]]+?)\s*\]+\s*(#.*)?$/.exec(line);
    const entry = /^([A-Za-z_]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (header) found.push({ name: header[1], entries: new Map() });
    else if (entry) found.at(-1).entries.set(entry[1], entry[2]);
  }
  return found;
}

/** A TOML number as JSON writes it: 1_000 and 3.00 become 1000 and 3. */
function number(path, text) {
  const plain = text.replace(/\s*#.*$/, "").replaceAll("_", "");
  if (!/^\d+(\.\d+)?$/.test(plain)) throw new Error(`${path}: expected a price, found ${text}`);
  return Number(plain);
}

function prices(path, table) {
  const price = {};
  for (const key of table.entries.keys()) {
    if (![...PRICES, ...PASSED_OVER, "reasoning", "tier"].includes(key)) throw new Error(`${path}: unknown ${key}`);
  }
  for (const key of PRICES) {
    if (table.entries.has(key)) price[key] = number(path, table.entries.get(key));
  }
  return price;
}

function tier(path, table) {
  const size = /\bsize\s*=\s*([\d_]+)/.exec(table.entries.get("tier") ?? "");
  if (!size) throw new Error(`${path}: a tier without size`);
  return { above: number(path, size[1]), ...prices(path, table) };
}

/** Whether it answers with text alone: images, sound and film are billed by other measures. */
function writesText(all) {
  const output = all.find((table) => table.name === "modalities")?.entries.get("output");
  return output === undefined ? undefined : /^\[\s*"text"\s*\]/.test(output);
}

function base(all) {
  const name = /^"(.+)"$/.exec(all[0].entries.get("base_model") ?? "");
  return name ? tables(git("show", `HEAD:models/${name[1]}.toml`)) : [];
}

/** The prices of one model; nothing where tokens do not tell the price. */
function model(path) {
  const all = tables(git("show", `HEAD:${path}`));
  const cost = all.find((table) => table.name === "cost");
  if (!cost?.entries.has("input") || !cost.entries.has("output")) return undefined;
  if (!(writesText(all) ?? writesText(base(all)) ?? false)) return undefined;
  const price = prices(path, cost);
  const reasoning = cost.entries.get("reasoning");
  if (reasoning !== undefined && number(path, reasoning) !== price.output) return undefined;
  const tiers = all.filter((table) => table.name === "cost.tiers").map((table) => tier(path, table));
  return tiers.length === 0 ? price : { ...price, tiers: tiers.sort((a, b) => a.above - b.above) };
}

function section({ from, hosts, only = /^/ }) {
  const folder = `providers/${from}/models/`;
  const models = entries(folder)
    .map((path) => [path.slice(folder.length, -".toml".length), path])
    .filter(([id]) => only.test(id))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, path]) => [id, model(path)])
    .filter(([, price]) => price);
  if (models.length === 0) throw new Error(`${folder}: no model with a price`);
  return { hosts, models: Object.fromEntries(models) };
}

const [commit, committed] = git("log", "-1", "--format=%H %cI").trim().split(" ");
const head = {
  date: new Date(committed).toISOString().slice(0, 10),
  source: `https://github.com/anomalyco/models.dev at ${commit}`,
  license: git("show", "HEAD:LICENSE").trim().replaceAll(/\s*\n\s*/g, " "),
};
const sections = VENDORS.map((vendor) => [vendor.name, section(vendor)]);

// one model a line, so that a later snapshot shows what changed
const lines = sections.map(([name, { hosts, models }]) => {
  const rows = Object.entries(models).map(([id, price]) => `${JSON.stringify(id)}:${JSON.stringify(price)}`);
  return `${JSON.stringify(name)}:{"hosts":${JSON.stringify(hosts)},"models":{\n${rows.join(",\n")}}}`;
});
const top = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
writeFileSync(output, `{${top.join(",\n")},\n"vendors":{\n${lines.join(",\n")}}}\n`);
const count = sections.reduce((sum, [, { models }]) => sum + Object.keys(models).length, 0);
console.error(`${count} models of ${sections.length} vendors, ${head.date}`);
