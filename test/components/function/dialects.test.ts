import assert from "node:assert/strict";
import { BufferedApi, StreamingUrl, type AgentsArgs } from "../../../components";
import { ENVIRONMENT } from "../../../contract/runtime/environment";
import { TYPES } from "../../../local/program/graph";
import { only, record, RUNTIME_ARN } from "../../support/program/components";

const doors = {
  bufferedApi: (args: AgentsArgs) =>
    new BufferedApi("door", {
      ...args,
      auth: "iam",
      webAclArn: "arn:aws:wafv2:acl",
      throttle: { rateLimit: 50, burstLimit: 100 },
      maxDurationSeconds: 29,
    }),
  streamingUrl: (args: AgentsArgs) => new StreamingUrl("door", { ...args, maxDurationSeconds: 300 }),
};

describe("the dialect of an agent", () => {
  for (const [name, door] of Object.entries(doors)) {
    it(`${name}: reaches the function`, async () => {
      const graph = await record(false, () =>
        door({ agents: { a: { agentRuntimeArn: RUNTIME_ARN, dialect: "strands" } } }),
      );
      const { variables } = only(graph, TYPES.function).inputs["environment"] as { variables: Record<string, string> };
      assert.deepEqual(JSON.parse(variables[ENVIRONMENT.agents] ?? ""), { a: [RUNTIME_ARN, "DEFAULT", "strands"] });
    });

    it(`${name}: is refused if no function knows it`, async () => {
      const program = () => door({ agents: { a: { agentRuntimeArn: RUNTIME_ARN, dialect: "strand" } } });
      await assert.rejects(
        record(true, program),
        /`agents\.a\.dialect` of .*door.* is "strand"\. Use strands, .* or plain/,
      );
    });
  }
});
