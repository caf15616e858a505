import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { FrontDoor } from "../../../components/index";
import type { StackConfig } from "../../../contract/config/schema";
import { record, RUNTIME_ARN } from "../../support/program/components";

const ROLE = "arn:aws:iam::123456789012:role/path/agent-client";
const SSO = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef";
const USER = "arn:aws:iam::123456789012:user/ann";
const URL_DOOR = { doors: ["streamingUrl"] };
const SHARE = /^`sessionOwner` is role: all role sessions of a role share its sessions, for /;
const SEPARATE = /^Each role session has its own sessions, for /;
const KEYS = /^All clients with the same API key share its sessions: /;

/** What the program says, line by line. */
async function said(preview: boolean, config: StackConfig): Promise<string[]> {
  const log = pulumi.log as { info: typeof pulumi.log.info };
  const { info } = log;
  const lines: string[] = [];
  log.info = (message) => {
    // What one caller can hold is another message.
    if (!message.startsWith("One caller can hold ")) lines.push(...message.split("\n"));
    return Promise.resolve();
  };
  try {
    await record(preview, () => {
      new FrontDoor("front-door", { agentRuntimeArn: RUNTIME_ARN, ...config });
    });
  } finally {
    log.info = info;
  }
  return lines;
}

/** Kind of each line, and callers that some line names. */
const CASES: readonly (readonly [config: StackConfig, lines: readonly RegExp[], names: readonly string[]])[] = [
  [{ ...URL_DOOR, callers: [ROLE] }, [SHARE], [ROLE]],
  [{ ...URL_DOOR, callers: [ROLE], sessionOwner: "session" }, [SEPARATE], [ROLE]],
  [{ ...URL_DOOR, callers: [ROLE], perSessionRoles: ["Agent-Client"] }, [SEPARATE], [ROLE]],
  [{ ...URL_DOOR, callers: [ROLE, SSO, USER] }, [SHARE, SEPARATE], [ROLE, SSO]],
  [{ ...URL_DOOR, callers: ["210987654321"] }, [SHARE], ["every role of account 210987654321"]],
  [{ ...URL_DOOR, callers: [USER] }, [], []],
  [URL_DOOR, [SHARE], ["every role of this account that may call streamingUrl"]],
  [{ ...URL_DOOR, edge: true }, [], []],
  [{ doors: ["streamingApi"] }, [SHARE], ["every role that may call the REST doors"]],
  [{ doors: ["streamingApi"], sessionOwner: "session" }, [SEPARATE], ["every role that may call the REST doors"]],
  [{ doors: ["streamingApi"], apiAuth: "apiKey", apiKeys: { website: {}, partner: {} } }, [KEYS], ["website, partner"]],
  [{ doors: ["streamingApi"], apiAuth: "cognito", callers: [] }, [], []],
  [{ doors: ["streamingApi", "streamingUrl"], callers: [ROLE] }, [SHARE], [ROLE, "the REST doors"]],
];

describe("which callers share sessions", () => {
  for (const [config, kinds, names] of CASES) {
    it(`is said in a preview of ${JSON.stringify(config)}`, async () => {
      const lines = await said(true, config);
      assert.equal(lines.length, kinds.length, lines.join("\n"));
      for (const [index, kind] of kinds.entries()) assert.match(lines[index] ?? "", kind);
      for (const name of names) assert.ok(lines.join("\n").includes(name), name);
      assert.ok(!lines.join("\n").includes(USER));
    });
  }

  it("is not said again in an update", async () => {
    assert.deepEqual(await said(false, { ...URL_DOOR, callers: [ROLE] }), []);
  });
});
