import assert from "node:assert/strict";
import { logFunctionLine } from "../../../local/aws/log";

const logged = (line: string): [weight: string, line: string][] => {
  const lines: [string, string][] = [];
  logFunctionLine("fn", line, (text, weight) => lines.push([weight, text]));
  return lines;
};

describe("what a function prints", () => {
  it("is a detail if it is the handler's own line for a request", () => {
    const line = '{"level":"INFO","message":"request","status":200,"_aws":{}}';
    assert.deepEqual(logged(line), [["detail", `  [fn] ${line}`]]);
  });

  it("is news in short if the request has failed", () => {
    const [whole, short, ...more] = logged(
      '{"level":"ERROR","message":"request","code":"AGENT_ERROR","cause":"Denied","runtime_status":403}',
    );
    assert.equal(whole?.[0], "detail");
    assert.deepEqual(short, ["news", "  [fn] AGENT_ERROR, Denied, runtime 403"]);
    assert.deepEqual(more, []);
  });

  it("is news if a developer has printed it, also as JSON", () => {
    for (const line of ["here", '{"level":"INFO","message":"mine"}', '{"message":"request"', "TypeError: x"])
      assert.deepEqual(logged(line), [["news", `  [fn] ${line}`]]);
  });
});
