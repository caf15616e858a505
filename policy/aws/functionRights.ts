import type { Resource } from "../model/graph";
import { and, at, every, is, or, UNKNOWN, type Truth } from "../model/value";
import { FOR_USER, INVOKE, STOP_SESSION } from "./agentRights";
import { within, type Statement } from "./iamPolicy";
import { canonicalName } from "./identity";
import { TYPES } from "./types";

/** Traces have no resource to name. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export const TRACE_ACTIONS: readonly string[] = ["xray:Put*"];

/** What the Lambda service does with a function's role to put it into subnets. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const NETWORK_ACTIONS: readonly string[] = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** With it a function derives the key that signs session ids. https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html */
const MAC_ACTIONS: readonly string[] = ["kms:GenerateMac"];

/** The ARN of one KMS key. */
const ONE_KEY = /^arn:[^:*?]+:kms:[^:*?]+:\d{12}:key\/[\w-]+$/;

/** How a function calls the one with its stack's hooks, which its variable names. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const HOOK_ACTIONS: readonly string[] = ["lambda:InvokeFunction"];
const HOOK_VARIABLE = "HOOK_FUNCTION_ARN";

/** The ARN of one function, of an alias or of a version. */
const ONE_FUNCTION = /^arn:[^:*?]+:lambda:[^:*?]+:\d{12}:function:[\w-]+(?::[\w-]+)?$/;

/** What a function does with its own log group. */
const LOG_ACTIONS: readonly string[] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/**
 * Whether an action that a statement allows is one that a function in front of an agent needs. Which runtime it calls, and for which user,
 * is for other rules.
 */
export function isNeeded({ resources, condition }: Statement, action: unknown, users: readonly Resource[]): Truth {
  const logGroups = ownLogGroups(users);
  const isOne = (patterns: readonly string[]) => within([action], patterns);
  const outsideOfCode = is(at(condition, "Null", "lambda:SourceFunctionArn"), (known) => String(known) === "true");
  return or(
    isOne([INVOKE, STOP_SESSION, ...FOR_USER, ...TRACE_ACTIONS]),
    and(isOne(NETWORK_ACTIONS), outsideOfCode),
    and(
      isOne(MAC_ACTIONS),
      every(resources ?? ["*"], (each) => is(each, (known) => ONE_KEY.test(String(known)))),
    ),
    and(
      isOne(HOOK_ACTIONS),
      every(resources ?? ["*"], (each) =>
        and(
          is(each, (known) => ONE_FUNCTION.test(String(known))),
          ...users.map((user) => isHookFunction(user, each)),
        ),
      ),
    ),
    and(
      isOne(LOG_ACTIONS),
      every(resources ?? ["*"], (each) => or(...logGroups.map((group) => isOfGroup(each, group)))),
    ),
  );
}

/** Whether a function's variable names this function. */
function isHookFunction({ props }: Resource, arn: unknown): Truth {
  const named = at(props, "environment", "variables", HOOK_VARIABLE);
  return named === UNKNOWN ? UNKNOWN : is(arn, (known) => known === named);
}

/** Groups that a role's functions write to: Lambda's own, unless they name another. */
function ownLogGroups(users: readonly Resource[]): readonly unknown[] {
  return users.map(({ props }) => {
    const { name } = props;
    return at(props, "loggingConfig", "logGroup") ?? (typeof name === "string" ? `/aws/lambda/${name}` : UNKNOWN);
  });
}

/** Whether a resource is a log group, or its streams; resources of other services say nothing of logs. */
function isOfGroup(resource: unknown, group: unknown): Truth {
  if (resource === UNKNOWN) return UNKNOWN;
  const text = String(resource);
  if (/^arn:[^:]*:(?!logs:)[\w-]+:/.test(text)) return true;
  const names = canonicalName(TYPES.logGroup, text.replace(/:log-stream:[^:]*$/, ""));
  return names.length === 0 ? false : is(group, (known) => names.includes(String(known)));
}
