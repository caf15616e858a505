import { LAMBDA_CONCURRENCY } from "../../../contract/aws/limits";
import { fine, wrong, type Finding } from "../finding";
import type { DoctorStack } from "../stackConfig";
import { ask, type Account } from "./connection";

/** Bundles of a stack, bytes, at the most: each function has one of some hundred kilobytes. */
const STACK_CODE_BYTES = 10e6;

/** The account's concurrency, and the room for code. */
export async function checkLambdaQuotas(
  account: Account,
  { settings, region }: DoctorStack,
): Promise<readonly Finding[]> {
  const check = "Lambda concurrency";
  const asked = await ask(check, "lambda:GetAccountSettings", async () => {
    const { GetAccountSettingsCommand, LambdaClient } = await import("@aws-sdk/client-lambda");
    return await new LambdaClient({ ...account, region }).send(new GetAccountSettingsCommand({}));
  });
  if ("finding" in asked) return [asked.finding];
  const { AccountLimit: limit = {}, AccountUsage: usage = {} } = asked.answer;
  return [
    checkConcurrency(check, limit.ConcurrentExecutions ?? 0, limit.UnreservedConcurrentExecutions ?? 0, settings),
    checkCode(limit.TotalCodeSize ?? 0, usage.TotalCodeSize ?? 0, usage.FunctionCount ?? 0),
  ];
}

function checkConcurrency(
  check: string,
  quota: number,
  unreserved: number,
  { doors, reservedConcurrency, provisionedConcurrency }: DoctorStack["settings"],
): Finding {
  const raise = "Raise the quota L-B99A9384 (Service Quotas, AWS Lambda, Concurrent executions)";
  const each = Math.max(reservedConcurrency, provisionedConcurrency, 0);
  const needed = each * doors.length;
  const room = Math.max(0, unreserved - LAMBDA_CONCURRENCY.unreserved);
  if (needed > room) {
    return wrong(
      check,
      `The doors reserve ${String(doors.length)} x ${String(each)}, and the account has ${String(room)} to reserve: ${String(unreserved)} that are not reserved, of which ${String(LAMBDA_CONCURRENCY.unreserved)} must stay. What this stack reserves already is not counted as free.`,
      `${raise}, or lower \`reservedConcurrency\` or \`provisionedConcurrency\`.`,
    );
  }
  if (quota < LAMBDA_CONCURRENCY.unreserved) {
    return wrong(
      check,
      `The account has ${String(quota)} concurrent requests for all its functions, as new accounts do: that many answers at once.`,
      `${raise} before real clients come.`,
    );
  }
  return fine(check, `${String(quota)} in the account, ${String(unreserved)} not reserved, ${String(needed)} needed`);
}

function checkCode(limit: number, used: number, functions: number): Finding {
  const check = "Lambda code storage";
  const gb = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;
  return used + STACK_CODE_BYTES > limit
    ? wrong(
        check,
        `${gb(used)} of ${gb(limit)} are used by ${String(functions)} functions.`,
        "Delete old versions of functions, or raise the quota L-2ACBD22F.",
      )
    : fine(check, `${gb(used)} of ${gb(limit)} used by ${String(functions)} functions`);
}
