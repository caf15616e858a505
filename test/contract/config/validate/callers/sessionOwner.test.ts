import assert from "node:assert/strict";
import { validatePolicy } from "../../../../../contract/config/validate/policy";
import { doorPolicy } from "../../../../../contract/config/keys/policy";

const GOOD = [
  {},
  { sessionOwner: "role" },
  { sessionOwner: "session" },
  { perSessionRoles: ["github-deploy", "r+=,.@-_x", "x".repeat(64)] },
  { sessionOwner: "session", perSessionRoles: [] },
];

const BAD: readonly (readonly [config: object, says: RegExp])[] = [
  ...["", "Role", "user", 7, true, null, [], {}, ["role"]].map(
    (sessionOwner) => [{ sessionOwner }, /^`sessionOwner` is .*\. Use role, or session/] as const,
  ),
  ...["github-deploy", 7, null, {}, [7], [""], [["a"]]].map(
    (perSessionRoles) => [{ perSessionRoles }, /^`perSessionRoles` is .*Use a list of names of IAM roles/] as const,
  ),
  ...["arn:aws:iam::123456789012:role/github-deploy", "path/role", "*", "a b", "röle", "x".repeat(65), "a\n"].map(
    (role) => [{ perSessionRoles: [role] }, /^`perSessionRoles` contains .*Use the name of an IAM role/] as const,
  ),
  [{ perSessionRoles: ["a", "A"] }, /^`perSessionRoles` names the role "A" twice/],
  [
    { sessionOwner: "session", perSessionRoles: ["a"] },
    /^`perSessionRoles` names roles, but `sessionOwner` is session/,
  ],
];

describe("the owner of sessions in the stack config", () => {
  for (const config of GOOD) {
    it(`may be ${JSON.stringify(config)}`, () => {
      assert.deepEqual([...validatePolicy(config)], []);
    });
  }

  for (const [config, says] of BAD) {
    it(`is refused as ${JSON.stringify(config)}`, () => {
      const errors = [...validatePolicy(config)];
      assert.equal(errors.length, 1, errors.join("\n"));
      assert.match(errors[0] ?? "", says);
    });
  }

  it("is the role by default", () => {
    const { sessionOwner, perSessionRoles } = doorPolicy({});
    assert.deepEqual({ sessionOwner, perSessionRoles }, { sessionOwner: "role", perSessionRoles: [] });
  });
});
