import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runSimulation } from "@cloud-copilot/iam-simulate";

const ROLE = "arn:aws:iam::123456789012:role/github-deploy";

/** The statement on the page, as the trust policy of a role. */
const statement: unknown = JSON.parse(
  /```json\n(\{[^`]*sts:RoleSessionName[^`]*)```/.exec(
    readFileSync(join(__dirname, "..", "..", "docs", "sessions.md"), "utf8"),
  )?.[1] ?? "",
);

const assume = async (userName: string, roleSessionName: string, account = "123456789012"): Promise<unknown> => {
  const principal = `arn:aws:iam::${account}:user/${userName}`;
  const simulated = await runSimulation(
    {
      request: {
        principal,
        action: "sts:AssumeRole",
        resource: { resource: ROLE, accountId: "123456789012" },
        contextVariables: {
          "aws:PrincipalArn": principal,
          "aws:username": userName,
          "sts:RoleSessionName": roleSessionName,
        },
      },
      identityPolicies: [
        {
          name: "may assume",
          policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: ROLE }] },
        },
      ],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: { Version: "2012-10-17", Statement: [statement] },
    },
    {},
  );
  assert.ok(simulated.resultType !== "error", JSON.stringify(simulated));
  return simulated.overallResult;
};

describe("the trust policy of docs/sessions.md", () => {
  it("lets a user assume the role under the user's own name", async () => {
    assert.equal(await assume("ann", "ann"), "Allowed");
  });

  for (const name of ["bob", "Ann", "ann-2", "annex", "*", ""]) {
    it(`does not let ann be "${name}"`, async () => {
      assert.notEqual(await assume("ann", name), "Allowed");
    });
  }

  it("lets nobody of another account in", async () => {
    assert.notEqual(await assume("ann", "ann", "210987654321"), "Allowed");
  });
});
