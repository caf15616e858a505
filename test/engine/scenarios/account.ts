import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TYPES } from "../../../local/program/graph";
import { runtime } from "../support/config";
import type { Scenarios } from "./scenario";

const assumeRolePolicy = "{}";
const elsewhere = "arn:aws:iam::999999999999:role/door";
const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export const handler = 1;") });
const fn = { runtime: "nodejs24.x", handler: "index.handler", role: elsewhere, code } as const;
const own = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

/** A policy on a runtime that keeps everybody out but a principal. */
const lock = (name: string, allowed: string, padding = "") =>
  new aws.bedrock.AgentcoreResourcePolicy(name, {
    resourceArn: runtime("one"),
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: `Allow${padding}`, Effect: "Allow", Principal: { AWS: allowed }, Action: "*", Resource: runtime("one") },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "bedrock-agentcore:*",
          Resource: runtime("one"),
          Condition: { ArnNotEquals: { "aws:PrincipalArn": allowed } },
        },
      ],
    }),
  });

/** What an account has, and refuses. */
export const ACCOUNT: Scenarios = {
  serviceNames: {
    guards: "kept/names.test.ts",
    shows: async ({ up, refusal }) =>
      /must have at most 128/.test(await refusal(up(() => new aws.cognito.UserPool("u".repeat(125))))),
  },
  nameClashes: {
    guards: "kept/names.test.ts",
    shows: async ({ up, refusal }) => {
      const program = () => {
        new aws.iam.Role("one", { assumeRolePolicy, name: "door" });
        new aws.iam.Role("two", { assumeRolePolicy, name: "door" });
      };
      return /exists already/.test(await refusal(up(program)));
    },
  },
  putReplaces: {
    guards: "kept/locks.test.ts",
    shows: async ({ up, cloud }) => {
      await up(() => {
        lock("billing", elsewhere);
      });
      await up(() => {
        lock("invoices", elsewhere);
      });
      return !cloud.isLocked(runtime("one"));
    },
  },
  principalsExist: {
    guards: "kept/locks.test.ts",
    shows: async ({ up, refusal }) => {
      const program = () => {
        lock("lock", own("nobody"));
      };
      return /Invalid principal/.test(await refusal(up(program)));
    },
  },
  policyLength: {
    guards: "kept/locks.test.ts",
    shows: async ({ up, refusal }) => {
      const program = () => {
        lock("lock", elsewhere, "s".repeat(21_000));
      };
      return /policy is too long/.test(await refusal(up(program)));
    },
  },
  functionPolicySize: {
    guards: "kept/callers.test.ts",
    shows: async ({ up, refusal }) => {
      const program = () => {
        for (let index = 0; index < 30; index++) {
          new aws.lambda.Permission(`caller-${String(index)}`, {
            function: "door",
            action: "lambda:InvokeFunction",
            principal: own(`${"p".repeat(510)}/${String(index)}`),
          });
        }
      };
      return /PolicyLengthExceededException/.test(await refusal(up(program)));
    },
  },
  urlIdentity: {
    guards: "stacks.test.ts",
    shows: async ({ up, cloud }) => {
      const url = () => cloud.all(TYPES.functionUrl)[0]?.outputs["functionUrl"];
      const on = (qualifier: { qualifier?: string }) => () =>
        new aws.lambda.FunctionUrl("url", { functionName: "door", authorizationType: "AWS_IAM", ...qualifier });
      await up(on({}));
      const before = url();
      await up(on({ qualifier: "live" }));
      return url() !== before;
    },
  },
  urlRegions: {
    guards: "kept/names.test.ts",
    region: "ap-south-2",
    shows: async ({ up, refusal }) => {
      const program = () => new aws.lambda.FunctionUrl("url", { functionName: "door", authorizationType: "AWS_IAM" });
      return /AccessDeniedException/.test(await refusal(up(program)));
    },
  },
  concurrencyQuota: {
    guards: "freshAccount.test.ts",
    fresh: true,
    shows: async ({ up, refusal }) =>
      /below its minimum value of \[10\]/.test(
        await refusal(up(() => new aws.lambda.Function("door", { ...fn, reservedConcurrentExecutions: 1 }))),
      ),
  },
  rolesExist: {
    guards: "stacks.test.ts",
    shows: async ({ up, refusal }) => {
      const program = () => new aws.lambda.Function("door", { ...fn, role: own("nobody") });
      return /cannot be assumed by Lambda/.test(await refusal(up(program)));
    },
  },
  networkInterfaces: {
    guards: "stacks.test.ts",
    shows: async ({ up, stack, refusal }) => {
      await up(() => {
        const group = new aws.ec2.SecurityGroup("group", { vpcId: "vpc-1" });
        const role = new aws.iam.Role("role", { assumeRolePolicy });
        const vpcConfig = { subnetIds: ["subnet-1"], securityGroupIds: [group.id] };
        new aws.lambda.Function("door", { ...fn, role: role.arn, vpcConfig });
      });
      return /DependencyViolation/.test(await refusal(stack.destroy()));
    },
  },
  privateDns: {
    guards: "stacks.test.ts",
    shows: async ({ up, refusal }) => {
      const serviceName = "com.amazonaws.us-east-1.logs";
      const endpoint = { vpcId: "vpc-1", vpcEndpointType: "Interface", privateDnsEnabled: true, serviceName };
      const program = () => {
        for (const name of ["one", "two"]) new aws.ec2.VpcEndpoint(name, endpoint);
      };
      return /conflicting DNS domain for logs\.us-east-1/.test(await refusal(up(program)));
    },
  },
};
