import assert from "node:assert/strict";
import { readRequest } from "../../../functions/request/request";
import { EVENTS } from "../../support/handlers/handlers";

describe("readRequest behind a custom domain", () => {
  const event = EVENTS["REST event 1.0"]({});
  for (const [resource, pathParameters, path, expected] of [
    ["/invoke", null, "/streaming/invoke", "/invoke"],
    ["/invoke", null, "/invoke", "/invoke"],
    ["/{proxy+}", { proxy: "sessions/a" }, "/buffered/sessions/a", "/sessions/a"],
    ["/{proxy+}", { proxy: "health" }, "/health", "/health"],
    ["/agents/{agent}/invoke", { agent: "one" }, "/streaming/agents/one/invoke", "/agents/one/invoke"],
    ["/", null, "/streaming", "/streaming"],
    ["/{proxy+}", null, "/x", "/x"],
    ["/{proxy+}", { proxy: "elsewhere" }, "/x", "/x"],
  ] as const) {
    it(`takes ${path} of ${resource} for ${expected}`, () => {
      assert.equal(readRequest({ ...event, resource, pathParameters, path })?.path, expected);
    });
  }
});
