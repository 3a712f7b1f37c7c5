// Request lines of five APIs. The odd spellings of numbers and the pictures must arrive as they are.
import { apis } from "./fixtures.mjs";

const picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const forms = {
  chat: (text) => ["/v1/chat/completions", `{"model":"gpt-check","temperature":1e0, "top_p":0.10,"tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object","properties":{}}}}],"messages":[{"role":"user","content":[{"type":"text","text":"${text}"},{"type":"image_url","image_url":{"url":"${picture}"}}]}]}`],
  responses: (text) => ["/v1/responses", `{"model":"gpt-check","max_output_tokens":50,"input":[{"role":"user","content":[{"type":"input_text","text":"${text}"}]}]}`],
  azure: (text) => ["/v1/chat/completions", `{"model":"azure-check","messages":[{"role":"user","content":"${text}"}]}`],
  anthropic: (text) => ["/v1/messages", `{"model":"claude-check","max_tokens":50,"temperature":0.30,"messages":[{"role":"user","content":[{"type":"text","text":"${text}"}]}]}`],
  gemini: (text) => ["/v1beta/models/gemini-check:generateContent", `{"contents":[{"role":"user","parts":[{"text":"${text}"}]}],"generationConfig":{"maxOutputTokens":50}}`],
};

export const lines = [];
for (const api of apis) {
  for (const kind of ["plain", "limited", "broken"]) {
    const [url, body] = forms[api](`${api} ${kind}`);
    lines.push({ id: `${api}-${kind}`, url, body });
  }
}
lines.push({ id: "embedding", url: "/v1/embeddings", body: '{"model":"gpt-check","input":"embed me"}' });

export const text = lines
  .map((l) => `{"custom_id":"${l.id}","method":"POST","url":"${l.url}","body":${l.body}}\n`)
  .join("");

if (process.argv[2] === "print") {
  process.stdout.write(text);
}
