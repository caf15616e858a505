import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FUNCTION_POLICY_BYTES } from "../../contract/aws/limits";
import { shortHash } from "../shared/shortHash";
import { callersOf, type CallersArg } from "./callers";

/** One of the two permissions that a caller of a Function URL needs. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
export interface CallerStatement extends Pick<
  aws.lambda.PermissionArgs,
  "functionUrlAuthType" | "invokedViaFunctionUrl"
> {
  readonly statementId: string;
  readonly action: "lambda:InvokeFunctionUrl" | "lambda:InvokeFunction";
}

/** @param key what tells a caller's statements from others: a hash, because one made from the principal itself could be too long, or the same for two */
export function callerStatements(key: string): readonly [url: CallerStatement, fn: CallerStatement] {
  return [
    { statementId: `caller-${key}-url`, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" },
    { statementId: `caller-${key}-function`, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
  ];
}

export function isAccountId(caller: string): boolean {
  return /^[0-9]{12}$/.test(caller);
}

/** As long as the name of a region gets: `ap-southeast-1`, `cn-northwest-1`. https://docs.aws.amazon.com/general/latest/gr/rande.html */
const LONGEST_REGION = "x".repeat(14);
/** What an unknown principal needs at least. */
const SHORTEST_PRINCIPAL = "arn:aws:iam::123456789012:role/r";
/** Random characters of a name that the provider makes, with the hyphen before them. */
const RANDOM_SUFFIX = "-1234567";
/** What the provider appends to a prefix of a statement's id. https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/id/id.go */
const UNIQUE_SUFFIX = `-${"0".repeat(26)}`;

/**
 * Refuses callers whose statements are more than a function's policy has room for: Lambda would refuse the last of them in the middle of an update.
 *
 * @param name of the door
 * @param region undefined if the provider has it from elsewhere
 * @throws RunError with the limit, and how many of the callers fit; for Outputs in an `apply`
 */
export function requireRoom(name: string, callers: CallersArg, region: string | undefined): void {
  const principals = callersOf(callers).map(({ principal }) => principal);
  const suffix = Array.isArray(callers) ? "" : UNIQUE_SUFFIX;
  const least = principals.map((each) => (typeof each === "string" ? each : SHORTEST_PRINCIPAL));
  requireRoomFor(name, least, suffix, region);
  if (principals.every((each) => typeof each === "string")) return;
  pulumi.all(principals).apply((all) => {
    requireRoomFor(name, all, suffix, region);
  });
}

function requireRoomFor(name: string, callers: readonly string[], suffix: string, region: string | undefined): void {
  const partition = callers.map((caller) => caller.split(":")[1]).find((part) => part !== undefined);
  const functionArn = `arn:${partition ?? partitionOf(region)}:lambda:${region ?? LONGEST_REGION}:123456789012:function:${name}-fn${RANDOM_SUFFIX}:live`;
  const bytes = policyBytes(callers, functionArn, suffix);
  if (bytes <= FUNCTION_POLICY_BYTES) return;
  const fitting = callers.findIndex(
    (_, last) => policyBytes(callers.slice(0, last + 1), functionArn, suffix) > FUNCTION_POLICY_BYTES,
  );
  throw new pulumi.RunError(
    `\`callers\` names ${String(callers.length)} principals, which make a function policy of ${String(bytes)} bytes. Lambda accepts ${String(FUNCTION_POLICY_BYTES)} (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), which is enough for the first ${String(fitting)}. Name an account id instead of its roles and let the IAM policies of that account choose, let several callers assume one role, or use a REST door.`,
  );
}

/**
 * The size of a function's policy with the statements of its callers, as Lambda writes it.
 *
 * @param suffix what the provider appends to the ids of the statements
 */
export function policyBytes(callers: readonly string[], functionArn: string, suffix = ""): number {
  const partition = functionArn.split(":")[1] ?? "";
  const statements = callers.flatMap((caller) =>
    callerStatements(shortHash(caller)).map(({ statementId, action, functionUrlAuthType }) => ({
      Sid: statementId + suffix,
      Effect: "Allow",
      Principal: { AWS: isAccountId(caller) ? `arn:${partition}:iam::${caller}:root` : caller },
      Action: action,
      Resource: functionArn,
      Condition:
        functionUrlAuthType === undefined
          ? { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }
          : { StringEquals: { "lambda:FunctionUrlAuthType": functionUrlAuthType } },
    })),
  );
  return Buffer.byteLength(JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements }));
}

/** The longest one if the region is not known. */
function partitionOf(region = "us-gov-"): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
