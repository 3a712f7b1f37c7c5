// Evaluates a table of expressions with GitHub's own package.
//
//   node evaluate.mjs TABLE CONTEXTS EXPECTED
//
// TABLE has one {"in", "expression"} on each line, CONTEXTS the documents that "in" names. EXPECTED gets the same lines
// and, in each, "error" ("syntax" or "evaluation") or "value": its kind, and for collections the kinds of what is in them.
// Numbers are written as texts, as JSON has none for NaN. Each expression is parsed and evaluated by itself.
import { readFileSync, writeFileSync } from "node:fs";
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

const [table, contexts, expected] = process.argv.slice(2);
const documents = JSON.parse(readFileSync(contexts, "utf8"));

function outcome(expression, document) {
  const scope = JSON.parse(JSON.stringify(document), data.reviver);
  let tree;
  try {
    tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(document), []).parse();
  } catch (problem) {
    return { error: "syntax", message: verdict(problem) };
  }
  try {
    return { value: describe(new Evaluator(tree, scope).evaluate()) };
  } catch (problem) {
    return { error: "evaluation", message: verdict(problem) };
  }
}

// The package refuses with errors of its own; JavaScript's mean that it broke, which says nothing about the expression.
function verdict(problem) {
  if (problem instanceof TypeError || problem instanceof RangeError) {
    throw problem;
  }
  return problem.message;
}

function describe(value) {
  const kind = data.Kind[value.kind];
  switch (value.kind) {
    case data.Kind.Null:
      return { kind };
    case data.Kind.Number:
      return { kind, value: String(value.value) };
    case data.Kind.Array:
      return { kind, value: value.values().map(describe) };
    case data.Kind.Dictionary:
      return { kind, value: value.pairs().map((pair) => [pair.key, describe(pair.value)]) };
    default:
      return { kind, value: value.value };
  }
}

const lines = readFileSync(table, "utf8").split("\n").filter((line) => line !== "");
const answers = lines.map((line) => {
  const { in: name, expression } = JSON.parse(line);
  try {
    return JSON.stringify({ in: name, expression, ...outcome(expression, documents[name]) });
  } catch (problem) {
    throw new Error(`cannot tell what ${line} gives`, { cause: problem });
  }
});
writeFileSync(expected, answers.join("\n") + "\n");
console.log(`${answers.length} expressions evaluated by @actions/expressions`);
