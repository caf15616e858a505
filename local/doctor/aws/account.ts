import { fine, wrong, type Finding } from "../finding";
import type { DoctorStack } from "../stackConfig";
import { ask, connect, type Account } from "./connection";

const ACTION = "sts:GetCallerIdentity";

/** Who calls, and where. Without an account nothing else can be asked. */
export async function checkAccount(
  stack: DoctorStack,
): Promise<{ readonly finding: Finding; readonly account?: Account }> {
  const check = "account";
  const asked = await ask(check, ACTION, async () => {
    const connection = await connect(stack);
    const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const client = new STSClient({ ...connection, region: stack.region });
    return { connection, identity: await client.send(new GetCallerIdentityCommand({})) };
  });
  if ("finding" in asked) return { finding: asked.finding };
  const { connection, identity } = asked.answer;
  const { Account: accountId = "", Arn: arn = "" } = identity;
  const refusal = refusedAccount(accountId, stack.aws);
  if (refusal !== undefined)
    return {
      finding: wrong(
        check,
        `${arn} is of the account ${accountId}, ${refusal}. Nothing else was asked.`,
        "Use other credentials.",
      ),
    };
  const partition = arn.split(":")[1] ?? "aws";
  return {
    finding: fine(check, `${accountId}, as ${arn}, in ${stack.region}`),
    account: { ...connection, accountId, partition },
  };
}

/** The provider refuses such an account before it does anything. */
function refusedAccount(
  accountId: string,
  { allowedAccountIds, forbiddenAccountIds }: DoctorStack["aws"],
): string | undefined {
  const has = (text: string): boolean => (JSON.parse(text) as unknown[]).map(String).includes(accountId);
  if (allowedAccountIds !== undefined && !has(allowedAccountIds)) return "which `aws:allowedAccountIds` does not allow";
  if (forbiddenAccountIds !== undefined && has(forbiddenAccountIds)) return "which `aws:forbiddenAccountIds` forbids";
  return undefined;
}
