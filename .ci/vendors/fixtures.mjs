// What the server answers: for each API a plain question, one that meets a 429 first, and one that meets a 503 first.
import { writeFileSync } from "node:fs";

export const apis = ["chat", "responses", "azure", "anthropic", "gemini"];
const usage = {
  chat: { prompt_tokens: 7, completion_tokens: 2 },
  azure: { prompt_tokens: 7, completion_tokens: 2 },
  responses: { input_tokens: 7, output_tokens: 2 },
  anthropic: { input_tokens: 7, output_tokens: 2 },
  gemini: { promptTokenCount: 7, candidatesTokenCount: 2 },
};

const answer = (api, question) => ({ content: `${question} answered`, usage: usage[api] });
const once = (question, response) => ({ match: { userMessage: question, sequenceIndex: 0 }, response });
const always = (api, question) => ({ match: { userMessage: question }, response: answer(api, question) });

const fixtures = apis.flatMap((api) => [
  always(api, `${api} plain`),
  once(`${api} limited`, {
    error: { message: "slow down", type: "rate_limit_error" },
    status: 429,
    retryAfter: 1,
  }),
  always(api, `${api} limited`),
  once(`${api} broken`, { error: { message: "come back", type: "server_error" }, status: 503 }),
  always(api, `${api} broken`),
]);
fixtures.push({ match: { inputText: "embed me" }, response: { embedding: [0.25, -0.5] } });

if (process.argv[2] === "write") {
  writeFileSync(process.argv[3], JSON.stringify({ fixtures }, null, 2));
}
