import assert from "node:assert/strict";
import { FrontDoor } from "../../components/index";
import { POLICY_PACK } from "../../local/policyHost/check";
import { PolicyHost } from "../../local/policyHost/host";
import { packConfigOf } from "../../local/policyHost/packConfig";
import type { Graph } from "../../local/program/graph";
import { record, RUNTIME_ARN } from "../support/program/components";

const RULES = ["fd-iam-agent-actions", "fd-iam-invoke-for-user"];

const stack = (runtimeUserId: boolean): Promise<Graph> =>
  record(
    false,
    () =>
      new FrontDoor("door", {
        agentRuntimeArn: RUNTIME_ARN,
        doors: ["streamingUrl"],
        lockRuntime: true,
        runtimeUserId,
      }),
  );

describe("the pack about a stack with runtimeUserId", () => {
  let host: PolicyHost;
  before(async () => {
    host = await PolicyHost.start(POLICY_PACK);
  });
  after(() => host.stop());

  const found = async (runtimeUserId: boolean, key: string | undefined): Promise<string[]> => {
    await host.configure(packConfigOf({ runtimeUserId: key }));
    const findings = await host.analyze((await stack(runtimeUserId)).resources);
    const names = findings.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
    return RULES.filter((rule) => names.includes(rule));
  };

  it("refuses the right unless the pack's config says that the doors derive the user", async () => {
    assert.deepEqual(await found(true, undefined), RULES);
    assert.deepEqual(await found(true, "false"), RULES);
    assert.deepEqual(await found(true, "true"), []);
    assert.deepEqual(await found(false, undefined), []);
  });
});
