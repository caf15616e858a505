import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { isRestDoor } from "../../../contract/wire/doors";
import { fine, notChecked, wrong, type Finding } from "../finding";
import type { DoctorStack } from "../stackConfig";
import { ask, type Account } from "./connection";

const CHECK = "API Gateway's logging role";
const FIX =
  "npm run doctor -- --stack NAME --fix account-logging, or `ownsAccountLogging: true` in one stack of the account";

async function clientOf(account: Account, region: string): Promise<APIGatewayClient> {
  const { APIGatewayClient: Client } = await import("@aws-sdk/client-api-gateway");
  return new Client({ ...account, region });
}

async function roleOf(client: APIGatewayClient): Promise<string | undefined> {
  const { GetAccountCommand } = await import("@aws-sdk/client-api-gateway");
  return (await client.send(new GetAccountCommand({}))).cloudwatchRoleArn;
}

/** Whether API Gateway can write the logs that a REST stage asks for. Without the role a stage cannot be created. */
export async function checkAccountLogging(account: Account, { settings, region }: DoctorStack): Promise<Finding> {
  if (!settings.doors.some(isRestDoor)) return notChecked(CHECK, "The stack has no REST door.");
  const asked = await ask(CHECK, "apigateway:GET on /account", async () => roleOf(await clientOf(account, region)));
  if ("finding" in asked) return asked.finding;
  if (asked.answer !== undefined) {
    return settings.ownsAccountLogging
      ? fine(CHECK, `${asked.answer}; this stack replaces it (\`ownsAccountLogging\`)`)
      : fine(CHECK, asked.answer);
  }
  return settings.ownsAccountLogging
    ? fine(CHECK, "none yet; this stack sets it (`ownsAccountLogging`)")
    : wrong(CHECK, `The account has none in ${region}: API Gateway refuses stages with logs.`, FIX);
}

/** What the fix reports while it works, and asks before it begins. */
export interface Conversation {
  readonly say: (line: string) => void;
  /** @returns whether to go on */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** Longest wait for a new role, which API Gateway accepts some seconds after it exists. */
const ATTEMPTS = 10;
const WAIT_MS = 3000;

/**
 * Creates the role, and sets it for the account and region. It changes nothing if there is one.
 *
 * @param wait makes the pause between two attempts
 * @throws Error of the SDK if a call fails
 */
export async function fixAccountLogging(
  account: Account,
  { region }: DoctorStack,
  { say, confirm }: Conversation,
  wait: (milliseconds: number) => Promise<void>,
): Promise<boolean> {
  const client = await clientOf(account, region);
  const present = await roleOf(client);
  if (present !== undefined) {
    say(`The account ${account.accountId} has a logging role in ${region}: ${present}. Nothing was changed.`);
    return true;
  }
  const roleName = `apigateway-logs-${region}`;
  const policyArn = `arn:${account.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`;
  say(
    `In the account ${account.accountId} this creates the role ${roleName} with the policy ${policyArn}, and sets it in ${region} for all REST APIs.`,
  );
  if (!(await confirm("Go on?"))) {
    say("Nothing was changed.");
    return false;
  }
  const roleArn = await createRole(account, region, roleName, policyArn);
  const { UpdateAccountCommand } = await import("@aws-sdk/client-api-gateway");
  const patchOperations = [{ op: "replace" as const, path: "/cloudwatchRoleArn", value: roleArn }];
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new UpdateAccountCommand({ patchOperations }));
      break;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "BadRequestException" || attempt === ATTEMPTS) throw error;
      await wait(WAIT_MS);
    }
  }
  say(`The account ${account.accountId} has the logging role ${roleArn} in ${region}.`);
  return true;
}

async function createRole(account: Account, region: string, roleName: string, policyArn: string): Promise<string> {
  const { AttachRolePolicyCommand, CreateRoleCommand, GetRoleCommand, IAMClient } = await import("@aws-sdk/client-iam");
  const iam = new IAMClient({ ...account, region });
  const statement = { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" };
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  let arn: string | undefined;
  try {
    arn = (await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: trust }))).Role?.Arn;
  } catch (error) {
    // An earlier attempt may have ended between the two services.
    if (!(error instanceof Error) || error.name !== "EntityAlreadyExistsException") throw error;
    arn = (await iam.send(new GetRoleCommand({ RoleName: roleName }))).Role?.Arn;
  }
  if (arn === undefined) throw new Error(`IAM returned no ARN for the role ${roleName}.`);
  await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn }));
  return arn;
}
