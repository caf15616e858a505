import assert from "node:assert/strict";
import { struct } from "../../../local/policyHost/messages";
import { packOf } from "../../../policy/pack/pack";
import { keyPolicy } from "../../../policy/rules/kms/keyPolicy";
import { keyRotation } from "../../../policy/rules/kms/keyRotation";
import type { Rule } from "../../../policy/model/rule";
import { UNKNOWN as UNKNOWN_ON_THE_WIRE } from "../../support/program/components";
import { testRule } from "../support/cases";
import { analyzed, declare, unknown } from "../support/declare";
import { analyze, everywhere, remediate } from "../support/sdk";

const key = (props: object = {}) => [declare("key", "key", { ...props })];
const notApplicable = [{ title: "a stack without keys", resources: [declare("logGroup", "logs")] }];
const unrotated: [string, string][] = [["key", "enableKeyRotation"]];

testRule(keyRotation, {
  pass: [
    { title: "a key that is rotated", resources: key({ enableKeyRotation: true }) },
    {
      title: "a symmetric key by its name, with a period",
      resources: key({
        customerMasterKeySpec: "SYMMETRIC_DEFAULT",
        enableKeyRotation: true,
        rotationPeriodInDays: 90,
      }),
    },
    { title: "an asymmetric key, which cannot be", resources: key({ customerMasterKeySpec: "RSA_4096" }) },
    { title: "an HMAC key, which cannot be", resources: key({ customerMasterKeySpec: "HMAC_256" }) },
    { title: "a key of a custom key store, which cannot be", resources: key({ customKeyStoreId: "cks-1" }) },
    { title: "a key of an external key store, which cannot be", resources: key({ xksKeyId: "x" }) },
  ],
  fail: [
    { title: "AWS's default", resources: key(), findings: unrotated },
    { title: "rotation off", resources: key({ enableKeyRotation: false }), findings: unrotated },
    { title: "a period without rotation", resources: key({ rotationPeriodInDays: 365 }), findings: unrotated },
    {
      title: "a symmetric key by its name",
      resources: key({ customerMasterKeySpec: "SYMMETRIC_DEFAULT" }),
      findings: unrotated,
    },
  ],
  unknown: [
    { title: "rotation that is not known", resources: key({ enableKeyRotation: unknown }), findings: unrotated },
    {
      title: "a kind of key that is not known",
      resources: key({ customerMasterKeySpec: unknown }),
      findings: unrotated,
    },
    { title: "a key store that is not known", resources: key({ customKeyStoreId: unknown }), findings: unrotated },
  ],
  notApplicable,
});

const ROOT = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" };
const EVERYONE = { ...ROOT, Principal: "*" };
const policyOf = (...Statement: readonly object[]) => ({
  policy: JSON.stringify({ Version: "2012-10-17", Statement }),
});
const open: [string, string][] = [["key", "Statement[0].Principal"]];

testRule(keyPolicy, {
  pass: [
    { title: "AWS's default", resources: key() },
    { title: "the account", resources: key(policyOf(ROOT)) },
    {
      title: "a service, for one log group",
      resources: key(
        policyOf(ROOT, {
          ...ROOT,
          Principal: { Service: "logs.us-east-1.amazonaws.com" },
          Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:123456789012:*" } },
        }),
      ),
    },
    {
      title: "everyone of one account, as AWS's own keys have it",
      resources: key(
        policyOf({
          ...EVERYONE,
          Condition: {
            StringEquals: { "kms:CallerAccount": "123456789012", "kms:ViaService": "s3.us-east-1.amazonaws.com" },
          },
        }),
      ),
    },
    {
      title: "everyone in an organization",
      resources: key(policyOf({ ...EVERYONE, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } })),
    },
    { title: "a refusal for everyone", resources: key(policyOf(ROOT, { ...EVERYONE, Effect: "Deny" })) },
    { title: "a policy as an object", resources: key({ policy: { Statement: ROOT } }) },
  ],
  fail: [
    { title: "everyone", resources: key(policyOf(EVERYONE)), findings: open },
    {
      title: "every AWS account, in a list",
      resources: key(policyOf({ ...ROOT, Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } })),
      findings: open,
    },
    {
      title: "everyone through a service, whoever calls it",
      resources: key(
        policyOf({ ...EVERYONE, Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } }),
      ),
      findings: open,
    },
    {
      title: "everyone of any account",
      resources: key(policyOf({ ...EVERYONE, Condition: { StringLike: { "kms:CallerAccount": "*" } } })),
      findings: open,
    },
    {
      title: "all but one",
      resources: key(
        policyOf({ ...ROOT, Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }),
      ),
      findings: open,
    },
    {
      title: "the second of two statements",
      resources: key(policyOf(ROOT, EVERYONE)),
      findings: [["key", "Statement[1].Principal"]],
    },
    {
      title: "a policy of its own",
      resources: [declare("keyPolicy", "key", { keyId: "k", ...policyOf(EVERYONE) })],
      findings: open,
    },
    {
      title: "a replica's policy",
      resources: [declare("replicaKey", "key", { primaryKeyArn: "arn", ...policyOf(EVERYONE) })],
      findings: open,
    },
    {
      title: "no check against a lockout",
      resources: key({ bypassPolicyLockoutSafetyCheck: true }),
      findings: [["key", "bypassPolicyLockoutSafetyCheck"]],
    },
    {
      title: "no check against a lockout in a policy of its own",
      resources: [declare("keyPolicy", "key", { keyId: "k", ...policyOf(ROOT), bypassPolicyLockoutSafetyCheck: true })],
      findings: [["key", "bypassPolicyLockoutSafetyCheck"]],
    },
  ],
  unknown: [
    { title: "a policy that is not known", resources: key({ policy: unknown }), findings: [["key", "policy"]] },
    { title: "a text that is no policy", resources: key({ policy: "{" }), findings: [["key", "policy"]] },
    {
      title: "a principal that is not known",
      resources: key({ policy: { Statement: [{ ...ROOT, Principal: { AWS: unknown } }] } }),
      findings: open,
    },
    {
      title: "a check that is not known",
      resources: key({ bypassPolicyLockoutSafetyCheck: unknown }),
      findings: [["key", "bypassPolicyLockoutSafetyCheck"]],
    },
  ],
  notApplicable,
});

describe("remediation of KMS keys", () => {
  const remedied = async (rule: Rule, props: object) => {
    const [before] = analyzed(key(props), "preview");
    assert.ok(before);
    const edited = await remediate(packOf([rule]), before, { [rule.id]: "remediate" });
    if (!edited) return undefined;
    const after = { ...before, wire: struct(edited) };
    const again = await remediate(packOf([rule]), after, { [rule.id]: "remediate" });
    assert.equal(again, undefined, "a second run changes nothing");
    assert.deepEqual((await analyze(packOf([rule]), [after], everywhere())).findings, [], "the rule passes");
    return edited;
  };

  it("turns rotation on, and keeps what is not known", async () => {
    assert.deepEqual(await remedied(keyRotation, { description: unknown }), {
      description: UNKNOWN_ON_THE_WIRE,
      enableKeyRotation: true,
    });
  });

  it("leaves a key alone that cannot be rotated, or of which that is not known", async () => {
    for (const props of [
      { customerMasterKeySpec: "RSA_2048" },
      { customerMasterKeySpec: unknown },
      { enableKeyRotation: unknown },
    ])
      assert.equal(await remedied(keyRotation, props), undefined);
  });

  it("turns the lockout check on again", async () => {
    assert.deepEqual(await remedied(keyPolicy, { bypassPolicyLockoutSafetyCheck: true }), {
      bypassPolicyLockoutSafetyCheck: false,
    });
    assert.equal(await remedied(keyPolicy, { bypassPolicyLockoutSafetyCheck: unknown }), undefined);
  });
});
