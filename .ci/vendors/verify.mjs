// Holds the responses, and what the server says it was asked, against what was sent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { apis } from "./fixtures.mjs";
import { lines } from "./requests.mjs";

const [, , responsesFile, server] = process.argv;
const responses = readFileSync(responsesFile, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const journal = await (await fetch(`${server}/__aimock/journal?limit=1000`)).json();

const textOf = (body) => JSON.stringify(body);
const asked = (id) => journal.filter((call) => textOf(call.body).includes(`"${id.replace("-", " ")}"`));

assert.deepEqual(responses.map((r) => r.custom_id), lines.map((l) => l.id), "one response each, in order");
for (const api of apis) {
  for (const kind of ["plain", "limited", "broken"]) {
    const id = `${api}-${kind}`;
    const response = responses.find((r) => r.custom_id === id);
    const calls = asked(id).map((call) => call.response.status);
    assert.equal(response.status, "succeeded", `${id}: ${JSON.stringify(response)}`);
    assert.equal(response.text, `${api} ${kind} answered`);
    assert.deepEqual(calls, { plain: [200], limited: [429, 200], broken: [503, 200] }[kind], `calls of ${id}`);
    assert.equal(response.attempts, calls.length, `attempts of ${id}`);
    assert.deepEqual([response.token_usage.input, response.token_usage.output], [7, 2], `usage of ${id}`);
  }
}
const embedding = responses.find((r) => r.custom_id === "embedding");
assert.deepEqual(embedding.response.body.data[0].embedding, [0.25, -0.5]);

const picture = asked("chat-plain")[0];
assert.equal(picture.body.messages[0].content[1].image_url.url.length > 100, true, "the picture arrived");
assert.equal(picture.body.tools[0].function.name, "look", "the tool arrived");
const at = (id) => asked(id)[0].path;
assert.equal(at("chat-plain"), "/v1/chat/completions");
assert.match(at("azure-plain"), /^\/openai\/deployments\/azure-check\/chat\/completions/);
assert.equal(at("anthropic-plain"), "/v1/messages");
assert.match(at("gemini-plain"), /^\/v1beta\/models\/gemini-check:generateContent/);
const header = (id, name) => asked(id)[0].headers[name];
assert.equal(header("anthropic-plain", "anthropic-version"), "2023-06-01");
for (const [id, name] of [["chat-plain", "authorization"], ["azure-plain", "api-key"], ["anthropic-plain", "x-api-key"], ["gemini-plain", "x-goog-api-key"]]) {
  assert.ok(header(id, name), `${id} sent ${name}`);
}
console.log(`${responses.length} requests by ${journal.length} calls, as five APIs`);
