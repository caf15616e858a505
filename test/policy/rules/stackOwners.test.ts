import { accounts } from "../../../policy/rules/stack/accounts";
import { oneOwner } from "../../../policy/rules/stack/oneOwner";
import { testRule } from "../support/cases";
import { declare, unknown } from "../support/declare";
import { policy } from "../support/iam";

const STRANGER = "999988887777";
const OWN = "123456789012";
/** What AWS has made: its ARN shows the account. */
const own = declare("agentRuntimeEndpoint", "own", {
  arn: `arn:aws:bedrock-agentcore:us-east-1:${OWN}:runtime/a/runtime-endpoint/b`,
});
const permission = (principal: unknown) =>
  declare("permission", "caller", { principal, action: "lambda:InvokeFunction" });

testRule(accounts, {
  pass: [
    { title: "the own account", resources: [own, permission(`arn:aws:iam::${OWN}:root`)] },
    { title: "a service", resources: [own, permission("apigateway.amazonaws.com")] },
    {
      title: "a layer, which another rule judges",
      resources: [own, declare("function", "fn", { layers: [`arn:aws:lambda:us-east-1:${STRANGER}:layer:l:1`] })],
    },
    {
      title: "the account of the agent that a role may call, before anything is made",
      resources: [
        permission(`arn:aws:iam::${OWN}:root`),
        declare("rolePolicy", "rights", { policy: `arn:aws:bedrock-agentcore:us-east-1:${OWN}:runtime/a` }),
      ],
    },
  ],
  fail: [
    {
      title: "a principal of another account",
      resources: [own, permission(`arn:aws:iam::${STRANGER}:root`)],
      findings: [["caller", `principal.${STRANGER}`]],
    },
    {
      title: "another account by its number",
      resources: [own, permission(STRANGER)],
      findings: [["caller", `principal.${STRANGER}`]],
    },
    {
      title: "an image of another account",
      resources: [
        own,
        declare("function", "fn", { imageUri: `${STRANGER}.dkr.ecr.us-east-1.amazonaws.com/a@sha256:1` }),
      ],
      findings: [["fn", `imageUri.${STRANGER}`]],
    },
    {
      title: "an account in a document",
      resources: [
        own,
        declare("rolePolicy", "rights", {
          policy: policy({
            Effect: "Allow",
            Action: "sqs:SendMessage",
            Resource: `arn:aws:sqs:us-east-1:${STRANGER}:q`,
          }),
        }),
      ],
      findings: [["rights", `policy.${STRANGER}`]],
    },
  ],
  unknown: [
    {
      title: "two accounts, before anything is made",
      resources: [
        permission(`arn:aws:iam::${STRANGER}:root`),
        declare("rolePolicy", "rights", { policy: `arn:aws:sqs:us-east-1:${OWN}:q` }),
      ],
      modes: ["preview"],
      findings: [
        ["caller", `principal.${STRANGER}`],
        ["rights", `policy.${OWN}`],
      ],
    },
  ],
  notApplicable: [{ title: "a queue", resources: [declare("aws:sqs/queue:Queue", "jobs")] }],
});

const api = declare("restApi", "api");
const apiPolicy = (name: string, restApiId: unknown = api.out("id")) =>
  declare("restApiPolicy", name, { restApiId, policy: policy() });
const ACL = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/b";
const logging = (name: string, resourceArn: unknown) => declare("webAclLogging", name, { resourceArn });

testRule(oneOwner, {
  pass: [
    { title: "one policy of an API", resources: [api, apiPolicy("one")] },
    { title: "policies of two APIs", resources: [apiPolicy("one", "a1b2c3d4e5"), apiPolicy("two", "f6g7h8i9j0")] },
    {
      title: "an agent's policy and its endpoint's",
      resources: ["runtime/a", "runtime/a/runtime-endpoint/b"].map((arn) =>
        declare("agentResourcePolicy", arn.length.toString(), {
          resourceArn: `arn:aws:bedrock-agentcore:us-east-1:123456789012:${arn}`,
        }),
      ),
    },
  ],
  fail: [
    {
      title: "two policies of one API",
      resources: [api, apiPolicy("one"), apiPolicy("two")],
      findings: [
        ["one", "restApiId.owners"],
        ["two", "restApiId.owners"],
      ],
    },
    {
      title: "two logs of one web ACL",
      resources: [logging("one", ACL), logging("two", ACL)],
      findings: [
        ["one", "resourceArn.owners"],
        ["two", "resourceArn.owners"],
      ],
    },
    {
      title: "a policy beside an OpenAPI document",
      resources: (() => {
        const written = declare("restApi", "written", { body: "{}" });
        return [written, apiPolicy("beside", written.out("id"))];
      })(),
      findings: [["beside", "restApiId.owners"]],
    },
  ],
  unknown: [
    {
      title: "three policies with parts of one agent's ARN",
      resources: (() => {
        const agent = declare("agentRuntime", "agent", { agentRuntimeName: "a" });
        return [
          agent,
          ...["one", "two", "three"].map((name) =>
            declare("agentResourcePolicy", name, { resourceArn: agent.out("agentRuntimeArn") }),
          ),
        ];
      })(),
      modes: ["preview"],
      findings: ["one", "two", "three"].map((name) => [name, "resourceArn.owners"] as const),
    },
  ],
  notApplicable: [{ title: "a stage", resources: [declare("stage", "live", { stageName: unknown })] }],
});
