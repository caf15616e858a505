import assert from "node:assert/strict";
import { readCaller } from "../../../local/cli/callers";
import { readOptions } from "../../../local/cli/options";

const POOL = "arn:aws:sts::123456789012:assumed-role/pool-users/CognitoIdentityCredentials";
const ANN = "us-east-1:01234567-89ab-cdef-0123-456789abcdef";

describe("npm start -- --caller", () => {
  for (const arn of [
    "arn:aws:iam::123456789012:user/ann",
    "arn:aws:iam::123456789012:user/division/ann@example.com",
    "arn:aws:iam::123456789012:root",
    "arn:aws:sts::123456789012:assumed-role/agent-client/task-1",
    "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann@example.com",
    "arn:aws:sts::123456789012:federated-user/ann",
    "arn:aws-cn:iam::123456789012:user/ann",
  ]) {
    it(`reads ${arn}`, () => {
      assert.deepEqual(readCaller(arn), { arn });
    });
  }

  it("reads a user of an identity pool; each role has a pool of its own", () => {
    const ann = readCaller(`${POOL}#${ANN}`).poolUser;
    const other = readCaller(`${POOL.replace("pool-users", "other")}#${ANN}`).poolUser;
    assert.equal(ann?.identityId, ANN);
    assert.match(ann.poolId, /^us-east-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.notEqual(ann.poolId, other?.poolId);
  });

  for (const [title, text] of [
    ["nothing", ""],
    ["a word", "ann"],
    ["a role, which signs nothing", "arn:aws:iam::123456789012:role/agent-client"],
    ["a role session without a name", "arn:aws:sts::123456789012:assumed-role/agent-client"],
    ["an account", "123456789012"],
    ["a pool's user without an identity", POOL],
    ["an identity that is none", `${POOL}#ann`],
    ["an empty identity", `${POOL}#`],
    ["two identities", `${POOL}#${ANN}#${ANN}`],
    ["an identity of a user", `arn:aws:iam::123456789012:user/ann#${ANN}`],
    ["a line end", `arn:aws:iam::123456789012:user/ann\n`],
  ] as const) {
    it(`refuses ${title}, with the value and an example`, () => {
      assert.throws(
        () => readOptions(["--caller", text]),
        (error: Error) =>
          error.message.startsWith(`--caller is "${text}". `) && error.message.includes("arn:aws:sts::"),
      );
    });
  }

  it("names several callers, and none by default", () => {
    const options = readOptions(["--caller", `${POOL}#${ANN}`, "--caller", "arn:aws:iam::123456789012:user/ann"]);
    assert.ok(options !== "help");
    assert.equal(options.callers.length, 2);
    const none = readOptions([]);
    assert.deepEqual(none !== "help" && none.callers, []);
  });
});
