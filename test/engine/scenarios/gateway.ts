import * as aws from "@pulumi/aws";
import { TYPES } from "../../../local/program/graph";
import type { Bench, Scenarios } from "./scenario";

/** An API with one method, deployed once. */
function api({ authorization = "NONE", policy = "", trigger = "", logGroup = "" } = {}): void {
  const restApi = new aws.apigateway.RestApi("api");
  const at = { restApi: restApi.id, resourceId: restApi.rootResourceId };
  const method = new aws.apigateway.Method("method", { ...at, httpMethod: "POST", authorization });
  const integration = new aws.apigateway.Integration("integration", {
    ...at,
    httpMethod: method.httpMethod,
    type: "MOCK",
  });
  const policies = policy === "" ? [] : [new aws.apigateway.RestApiPolicy("policy", { restApiId: restApi.id, policy })];
  const deployment = new aws.apigateway.Deployment(
    "deployment",
    { restApi: restApi.id, ...(trigger !== "" && { triggers: { trigger } }) },
    { dependsOn: [integration, ...policies], deleteBeforeReplace: true },
  );
  new aws.apigateway.Stage("stage", {
    restApi: restApi.id,
    deployment: deployment.id,
    stageName: "live",
    ...(logGroup !== "" && { accessLogSettings: { destinationArn: logGroup, format: "$context.requestId" } }),
  });
}

const served = ({ cloud }: Bench) => cloud.served(cloud.all(TYPES.restApi)[0]?.id ?? "");

/** The settings of an account, with a role that may have no rights yet. */
function settings(rights: boolean): void {
  const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
  const dependsOn = rights ? [new aws.iam.RolePolicy("rights", { role: role.id, policy: "{}" })] : [];
  new aws.apigateway.Account("account", { cloudwatchRoleArn: role.arn }, { dependsOn });
}

/** What API Gateway and its account settings do. */
export const GATEWAY: Scenarios = {
  snapshotParts: {
    guards: "kept/domains.test.ts",
    shows: async (bench) => {
      await bench.up(() => {
        api();
      });
      await bench.up(() => {
        api({ authorization: "AWS_IAM" });
      });
      return served(bench)?.parts.some(({ inputs }) => inputs["authorization"] === "NONE") === true;
    },
  },
  snapshotPolicies: {
    guards: "rest/restPolicies.test.ts",
    shows: async (bench) => {
      await bench.up(() => {
        api({ policy: '{"Statement":[]}' });
      });
      await bench.up(() => {
        api();
      });
      return served(bench)?.policy !== undefined;
    },
  },
  deployable: {
    guards: "stacks.test.ts",
    shows: async ({ up, refusal }) => {
      const program = () => {
        const { id: restApi } = new aws.apigateway.RestApi("api");
        new aws.apigateway.Deployment("deployment", { restApi });
      };
      return /doesn't contain any methods/.test(await refusal(up(program)));
    },
  },
  loggingRole: {
    guards: "freshAccount.test.ts",
    fresh: true,
    shows: async ({ up, refusal }) => {
      const program = () => {
        api({ logGroup: "arn:aws:logs:us-east-1:123456789012:log-group:door" });
      };
      return /CloudWatch Logs role ARN must be set/.test(await refusal(up(program)));
    },
  },
  loggingRights: {
    guards: "freshAccount.test.ts",
    fresh: true,
    shows: async ({ up, refusal }) => {
      const program = () => {
        settings(false);
      };
      return /does not have required permissions/.test(await refusal(up(program)));
    },
  },
  accountReset: {
    guards: "freshAccount.test.ts",
    shows: async ({ up, stack, cloud }) => {
      await up(() => {
        settings(true);
      });
      await stack.destroy();
      return cloud.settings.loggingRole === undefined;
    },
  },
  inUse: {
    guards: "stacks.test.ts",
    shows: async ({ up, refusal }) => {
      await up(() => {
        api({ trigger: "one" });
      });
      const changed = () => {
        api({ trigger: "two" });
      };
      return /Active stages/.test(await refusal(up(changed)));
    },
  },
  ipv4Domains: {
    guards: "kept/domains.test.ts",
    shows: async ({ up, cloud }) => {
      await up(() => {
        const endpointConfiguration = { types: "REGIONAL" };
        const domain = new aws.apigateway.DomainName("domain", {
          domainName: "agent.example.com",
          regionalCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
          endpointConfiguration,
        });
        const aliases = [
          { name: domain.regionalDomainName, zoneId: domain.regionalZoneId, evaluateTargetHealth: false },
        ];
        new aws.route53.Record("aaaa", { name: domain.domainName, zoneId: "Z1", type: "AAAA", aliases });
      });
      return cloud.deadRecords.length === 1;
    },
  },
};
