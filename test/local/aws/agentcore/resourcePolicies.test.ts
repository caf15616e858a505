import assert from "node:assert/strict";
import { ResourcePolicies } from "../../../../local/aws/agentcore/resourcePolicies";
import { Graph, text, TYPES } from "../../../../local/program/graph";
import { RUNTIME_ARN } from "../../../support/program/components";
import { runStack } from "../../../support/stacks";

const CALLER = "arn:aws:iam::123456789012:role/partner";

describe("the local resource policies", () => {
  it("refuse what they do not understand, and what AgentCore refuses", async () => {
    const locked = await runStack("locked", false);
    for (const [statement, says] of [
      [{ Resource: "*" }, /accepts the exact ARN of the resource only, and refuses \*/],
      [{ Condition: { StringLike: { "aws:PrincipalArn": "x" } } }, /does not evaluate `StringLike aws:PrincipalArn`/],
    ] as const) {
      const [first] = locked.all(TYPES.resourcePolicy);
      assert.ok(first);
      const strange = new Graph([
        {
          ...first,
          outputs: {
            ...first.outputs,
            policy: JSON.stringify({
              Statement: [{ Effect: "Deny", Principal: "*", Resource: text(first, "resourceArn"), ...statement }],
            }),
          },
        },
      ]);
      assert.throws(() => new ResourcePolicies(strange), says);
    }
  });

  it("say nothing of a resource that has none", () => {
    assert.equal(new ResourcePolicies(new Graph([])).evaluate(RUNTIME_ARN, "any:Action", CALLER), "silent");
  });
});
