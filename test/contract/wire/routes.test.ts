import assert from "node:assert/strict";
import { methodPathOf, REST_ROUTE_NAMES } from "../../../contract/wire/routes";

/** How API Gateway reads a patch of a stage's method settings: a JSON pointer of four parts. */
function patched(pointer: string): { path: string | undefined; method: string | undefined; key: string } {
  const [, path, method, ...setting] = pointer.split("/");
  assert.deepEqual(setting, ["throttling", "rateLimit"]);
  return {
    path: path?.replaceAll("~1", "/").replaceAll("~0", "~"),
    method,
    key: `${path ?? ""}/${method ?? ""}`,
  };
}

describe("the method path of a route's settings", () => {
  // From AWS's own examples: https://github.com/aws/aws-cli/tree/develop/awscli/examples/apigateway
  for (const [route, key] of [
    ["GET /resource", "~1resource/GET"],
    ["POST /resource/subresource", "~1resource~1subresource/POST"],
    ["POST /agents/{agent}/invoke", "~1agents~1{agent}~1invoke/POST"],
    ["DELETE /sessions/{id}", "~1sessions~1{id}/DELETE"],
    ["GET /a~b", "~1a~0b/GET"],
    ["GET /", "~1/GET"],
  ] as const) {
    it(`is API Gateway's own key: ${route}`, () => {
      assert.equal(methodPathOf(route), key);
    });
  }

  for (const route of REST_ROUTE_NAMES) {
    it(`is valid in the provider's patch, and found again: ${route}`, () => {
      const methodPath = methodPathOf(route);
      const { path, method, key } = patched(`/${methodPath}/throttling/rateLimit`);
      assert.equal(`${method} ${path}`, route);
      assert.equal(key, methodPath);
    });
  }
});
