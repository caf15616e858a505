import assert from "node:assert/strict";
import { requestLine } from "../../../local/aws/requestLog";

describe("a line of the request log", () => {
  for (const [url, shown] of [
    ["/live/agents/billing/invoke?x=1", "/live/agents/{agent}/invoke"],
    ["/agents/anything-at-all/sessions/secret-handle", "/agents/{agent}/sessions/{id}"],
    ["/agents/billing", "/{other}"],
    ["/agents/billing/health", "/{other}"],
    ["/sessions/secret-handle", "/sessions/{id}"],
    ["/invoke", "/invoke"],
  ] as const) {
    it(`shows ${url} as ${shown}`, () => {
      const request = { method: "POST", url };
      assert.match(
        requestLine("door", request, { status: 200 }, Date.now()),
        new RegExp(` POST ${shown.replace(/[{}]/g, "\\$&")} 200 `),
      );
    });
  }
});
