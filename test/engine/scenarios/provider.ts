import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TYPES } from "../../../local/program/graph";
import type { Scenarios } from "./scenario";

const document = (service: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
});
const assumeRolePolicy = JSON.stringify(document("lambda.amazonaws.com"));
const permission = { function: "door", action: "lambda:InvokeFunction" };

/** What the provider says before AWS is asked. */
export const PROVIDER: Scenarios = {
  nameLengths: {
    guards: "kept/names.test.ts",
    shows: async ({ preview, refusal }) =>
      /longer than maximum length 64/.test(
        await refusal(preview(() => new aws.iam.Role("r".repeat(60), { assumeRolePolicy }))),
      ),
  },
  keptNames: {
    guards: "stacks.test.ts",
    shows: async ({ up }) => {
      const program = () => new aws.iam.Role("role", { assumeRolePolicy });
      await up(program);
      return (await up(program)).steps.length === 0;
    },
  },
  requiredInputs: {
    guards: "stacks.test.ts",
    shows: async ({ preview, refusal }) => {
      const nothing = pulumi.output<unknown>(undefined) as pulumi.Output<string>;
      const program = () => new aws.iam.Role("role", { assumeRolePolicy: nothing });
      return /Missing required argument/.test(await refusal(preview(program)));
    },
  },
  conflictingInputs: {
    guards: "stacks.test.ts",
    shows: async ({ preview, refusal }) => {
      const program = () => new aws.iam.Role("role", { assumeRolePolicy, name: "a", namePrefix: "b" });
      return /conflicts with namePrefix/.test(await refusal(preview(program)));
    },
  },
  allowedValues: {
    guards: "stacks.test.ts",
    shows: async ({ preview, refusal }) => {
      const program = () => new aws.lambda.FunctionUrl("url", { functionName: "door", authorizationType: "OPEN" });
      return /expected authorizationType to be one of/.test(await refusal(preview(program)));
    },
  },
  replacingProperties: {
    guards: "kept/callers.test.ts",
    shows: async ({ up }) => {
      const of = (account: string) => () =>
        new aws.lambda.Permission("caller", { ...permission, principal: `arn:aws:iam::${account}:root` });
      await up(of("210987654321"));
      return (await up(of("999999999999"))).steps.some(({ op }) => op === "replace");
    },
  },
  namedObjectsGoFirst: {
    guards: "kept/names.test.ts",
    shows: async ({ up, refusal }) => {
      const at = (path: string) => () => new aws.iam.Role("role", { assumeRolePolicy, name: "door", path });
      await up(at("/one/"));
      return (await refusal(up(at("/two/")))) === "";
    },
  },
  meaning: {
    guards: "stacks.test.ts",
    shows: async ({ up }) => {
      const spaced = (space: number) => () =>
        new aws.iam.Role("role", {
          assumeRolePolicy: JSON.stringify(document("lambda.amazonaws.com"), null, space),
        });
      await up(spaced(0));
      return (await up(spaced(2))).steps.length === 0;
    },
  },
  optionalComputed: {
    guards: "kept/domains.test.ts",
    shows: async ({ up, cloud }) => {
      await up(() => new aws.apigateway.RestApi("api", { disableExecuteApiEndpoint: true }));
      await up(() => new aws.apigateway.RestApi("api", { description: "changed" }));
      return cloud.all(TYPES.restApi)[0]?.outputs["disableExecuteApiEndpoint"] === true;
    },
  },
  returnedForms: {
    guards: "kept/callers.test.ts",
    shows: async ({ up }) => {
      const program = () => new aws.lambda.Permission("caller", { ...permission, principal: "210987654321" });
      await up(program);
      return (await up(program)).steps.some(({ op }) => op === "replace");
    },
  },
  emptyOutputs: {
    guards: "stacks.test.ts",
    shows: async ({ up, preview }) => {
      const program = () => {
        const { description } = new aws.iam.Role("role", { assumeRolePolicy });
        const tags = { role: description.apply((text) => text ?? "") };
        new aws.cloudwatch.LogGroup("log", { tags });
      };
      await up(program);
      return (await preview(program)).steps.length > 0;
    },
  },
};
