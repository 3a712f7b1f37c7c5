// Writes the committed subset of GitHub's OpenAPI description. It only leaves out; what stays is as GitHub wrote it, and
// what is wrong in it is mended where it is used. See README.md.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { isKept } from "./kept-paths.mjs";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const SOURCE = require.resolve("@octokit/openapi/generated/api.github.com.json");
const TARGET = resolve(here, "../../local-github/src/test/resources/github-openapi");
const NAME = "api.github.com-2022-11-28.json.gz";

// Objects whose keys are names chosen by GitHub, such as a property called "description".
const NAMED = new Set(["properties", "patternProperties", "headers", "content", "schemas", "responses", "parameters"]);
// For readers and for generators of clients; no validator looks at them.
const PROSE = new Set(["description", "summary", "title", "externalDocs", "tags", "example", "examples", "deprecated"]);
// Values, not schemas: to be kept as they are.
const VALUES = new Set(["enum", "default", "required"]);

function trimmed(node) {
  if (Array.isArray(node)) {
    return node.map(trimmed);
  }
  if (node === null || typeof node !== "object") {
    return node;
  }
  const kept = {};
  for (const [key, value] of Object.entries(node)) {
    if (VALUES.has(key)) {
      kept[key] = value;
    } else if (NAMED.has(key) && !Array.isArray(value)) {
      kept[key] = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, trimmed(each)]));
    } else if (!PROSE.has(key) && !key.startsWith("x-")) {
      kept[key] = trimmed(value);
    }
  }
  return kept;
}

function references(node, found = new Set()) {
  if (node !== null && typeof node === "object") {
    if (typeof node.$ref === "string") {
      found.add(node.$ref);
    }
    Object.values(node).forEach((value) => references(value, found));
  }
  return found;
}

function responsesNeedADescription(paths, components) {
  const all = [components.responses ?? {}];
  for (const item of Object.values(paths)) {
    Object.values(item).forEach((operation) => all.push(operation.responses ?? {}));
  }
  for (const response of all.flatMap((responses) => Object.values(responses))) {
    if (!response.$ref) {
      response.description = "";
    }
  }
}

function subset(description) {
  const paths = {};
  for (const [path, item] of Object.entries(description.paths)) {
    if (isKept(path)) {
      paths[path] = trimmed(item);
    }
  }
  const components = {};
  const open = [...references(paths)];
  const seen = new Set(open);
  while (open.length > 0) {
    const [, , kind, name] = open.pop().split("/");
    const component = trimmed(description.components[kind][name]);
    (components[kind] ??= {})[name] = component;
    for (const next of references(component)) {
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  responsesNeedADescription(paths, components);
  return { paths, components: sorted(components) };
}

function sorted(components) {
  const order = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  return order(Object.entries(components).map(([kind, named]) => [kind, order(Object.entries(named))]));
}

const description = JSON.parse(readFileSync(SOURCE, "utf8"));
const { openapi, info, servers } = description;
const { title, version, license } = info;
const { paths, components } = subset(description);
const json = JSON.stringify({ openapi, info: { title, version, license }, servers, paths, components });
const packed = gzipSync(json, { level: 9 });
// The byte that names the operating system: without it, every machine writes the same file.
packed[9] = 255;
mkdirSync(TARGET, { recursive: true });
writeFileSync(resolve(TARGET, NAME), packed);
writeFileSync(resolve(TARGET, "LICENSE"), readFileSync(resolve(dirname(SOURCE), "../LICENSE")));
console.log(`${Object.keys(paths).length} paths, ${json.length} bytes, ${packed.length} packed`);
