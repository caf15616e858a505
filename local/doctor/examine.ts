import { checkAccount } from "./aws/account";
import { checkAccountLogging } from "./aws/accountLogging";
import { checkCertificates } from "./aws/certificates";
import type { Account } from "./aws/connection";
import { checkEndpointZones } from "./aws/endpointZones";
import { checkLambdaQuotas } from "./aws/lambdaQuotas";
import { checkRuntimes } from "./aws/runtimes";
import { notChecked, type Finding } from "./finding";
import { checkMachine, type Command } from "./machine/versions";
import type { DoctorOptions } from "./options";
import { checkPlaceholders, checkStackConfig, type DoctorStack } from "./stackConfig";

/** The checks that ask AWS, by the name of their first line. */
const ACCOUNT_CHECKS: Readonly<
  Record<string, (account: Account, stack: DoctorStack) => Promise<Finding | readonly Finding[]>>
> = {
  runtime: checkRuntimes,
  "API Gateway's logging role": checkAccountLogging,
  "Lambda concurrency": checkLambdaQuotas,
  certificate: checkCertificates,
  "endpoint zones": checkEndpointZones,
};

/** What an examination found, and what a fix needs. */
export interface Examined {
  readonly stack: DoctorStack | undefined;
  readonly account: Account | undefined;
}

/**
 * Makes all checks and says each finding as soon as it is known, the account first.
 *
 * @param command runs a command of this machine
 */
export async function examine(
  { stack: name, configFile, offline }: Pick<DoctorOptions, "stack" | "configFile" | "offline">,
  root: string,
  say: (finding: Finding) => void,
  command?: Command,
): Promise<Examined> {
  const { finding: config, stack } = checkStackConfig(name, configFile);
  const without = offline ? "--offline" : stack ? undefined : "The stack config is not valid.";
  const { finding: identity, account } =
    stack && without === undefined
      ? await checkAccount(stack)
      : { finding: notChecked("account", without ?? ""), account: undefined };
  say(identity);
  for (const finding of await checkMachine(root, command)) say(finding);
  say(config);
  say(checkPlaceholders(stack, account?.accountId));
  for (const [check, ask] of Object.entries(ACCOUNT_CHECKS)) {
    if (!stack || !account) say(notChecked(check, without ?? "There is no account to ask."));
    else for (const finding of [await ask(account, stack)].flat()) say(finding);
  }
  return { stack, account };
}
