import { parseArgs } from "node:util";
import {
  DOOR_NAMES,
  DOORS,
  isDoorName,
  type Credentials,
  type Door,
  type DoorName,
  type FrontDoor,
} from "../contract/wire/doors";
import { isTextPath } from "../contract/wire/dialects/names";
import { ask, FrontDoorError } from "./frontDoor";
import { runningFrontDoor, type FrontDoorFilter } from "./running";

const USAGE = `Usage: npm run ask -- <door> "prompt" [--session ID] [--raw] [--stack NAME] [--pid N] [--as CALLER]
       npm run ask -- <door> "prompt" [--session ID] [--raw] --url URL [--edge] [--api-key KEY] [--region REGION]

  <door>        ${DOOR_NAMES.join(", ")}
  --session ID  keep a conversation: the id that an earlier answer printed
  --text PATH   for a deployed door of a stack with \`answer.text\`: the same path
  --raw         print everything that the door sends, not only the agent's text
  --stack NAME  of several front doors that \`npm start\` runs on this machine, the newest of this stack (default: the newest of all)
  --pid N       of several, the one in this process
  --as CALLER   signs as a caller of \`npm start -- --caller\`: the end of its ARN or of its identity
  --url URL     a deployed door, instead of one on this machine
  --api-key KEY for a deployed REST door that wants a key, alone or beside a token or a signature
  --region R    for a deployed door with IAM: signs with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
  --edge        for a deployed streamingUrl behind CloudFront (the stack's edgeUrl)

A bearer token in FRONT_DOOR_TOKEN opens a door with apiAuth cognito, jwt or custom. At a door with a signature, or one on this machine
with a key, it goes along in X-Auth-Token, for a stack with runtimeAuth: oauth.`;

/** Wrong arguments. The message names the remedy. */
class UsageError extends Error {}

interface Call {
  readonly door: Door;
  readonly credentials: Credentials | undefined;
  readonly prompt: string;
  readonly sessionId: string | undefined;
  readonly raw: boolean;
}

async function readCall(args: string[]): Promise<Call | "help"> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      session: { type: "string" },
      raw: { type: "boolean", default: false },
      text: { type: "string" },
      stack: { type: "string" },
      pid: { type: "string" },
      as: { type: "string" },
      url: { type: "string" },
      "api-key": { type: "string" },
      region: { type: "string" },
      edge: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const [name = "", prompt, ...rest] = positionals;
  if (!isDoorName(name)) throw new UsageError(`<door> is "${name}". Use ${DOOR_NAMES.join(", ")}.`);
  if (!prompt || rest.length > 0) throw new UsageError("Give one prompt, in quotes.");
  const { url, session: sessionId, raw } = values;
  if (url !== undefined && values.as !== undefined)
    throw new UsageError("--as names a caller of a front door on this machine. Leave it out with --url.");
  const target =
    url === undefined ? await running(name, values) : deployed(name, url, { ...values, apiKey: values["api-key"] });
  const { text: textPath } = values;
  if (textPath !== undefined && !isTextPath(textPath))
    throw new UsageError(`--text is "${String(textPath)}". Use names of fields separated by dots, such as delta.text.`);
  const door = { ...target.door, ...(textPath !== undefined && { textPath }) };
  return { ...target, door, prompt, sessionId, raw };
}

async function running(
  name: DoorName,
  wanted: FrontDoorFilter & { as?: string | undefined },
): Promise<Pick<Call, "door" | "credentials">> {
  const { frontDoor, count } = await runningFrontDoor(wanted).catch((error: unknown) => {
    throw new UsageError((error as Error).message, { cause: error });
  });
  const { doors, credentials, stack, pid } = frontDoor;
  const door = doors.find((each) => each.name === name);
  if (!door) {
    throw new UsageError(`Stack "${stack}" has no door ${name}. It has ${doors.map((each) => each.name).join(", ")}.`);
  }
  if (count > 1)
    process.stderr.write(`front door: stack ${stack}, process ${String(pid)}, the newest of ${String(count)}\n`);
  return { door, credentials: wanted.as === undefined ? credentials : credentialsOf(wanted.as, frontDoor) };
}

/** @throws UsageError if no caller, or more than one, has this name */
function credentialsOf(name: string, { callers = [] }: FrontDoor): Credentials {
  const [caller, ...more] = callers.filter(
    ({ arn, identityId = "" }) => arn.endsWith(name) || identityId.endsWith(name),
  );
  if (caller && more.length === 0 && name !== "") return caller.credentials;
  const names = callers.map(({ arn, identityId }) => identityId ?? arn).join(", ");
  throw new UsageError(
    `--as is "${name}". Use the end of one caller's ARN or identity: ${names || "none here; start with npm start -- --caller ARN"}.`,
  );
}

function deployed(
  name: DoorName,
  url: string,
  { region, apiKey, edge }: { region?: string | undefined; apiKey?: string | undefined; edge: boolean },
): Pick<Call, "door" | "credentials"> {
  const base = url.replace(/\/+$/, "");
  if (!URL.canParse(base))
    throw new UsageError(`--url is "${url}". Use the door's URL, for example https://<id>.lambda-url.<region>.on.aws.`);
  const door = { name, url: base };
  const key = apiKey === undefined ? undefined : ({ header: "x-api-key", value: apiKey } as const);
  const token = process.env["FRONT_DOOR_TOKEN"];
  if (region !== undefined) {
    return {
      door: { ...door, auth: { type: "AWS_IAM", service: DOORS[name].service, region }, ...(key && { apiKey: key }) },
      credentials: environmentCredentials(),
    };
  }
  if (edge) return { door: { ...door, auth: { type: "EDGE" } }, credentials: undefined };
  // For a door that asks only for an API key, the token in Authorization is for the agent.
  const auth: Door["auth"] | undefined = token
    ? { type: "BEARER", header: "Authorization", value: `Bearer ${token}` }
    : key && { type: "API_KEY", ...key };
  if (!auth) throw new UsageError("Give --region (for IAM), --api-key, --edge or FRONT_DOOR_TOKEN beside --url.");
  return { door: { ...door, auth, ...(token && key && { apiKey: key }) }, credentials: undefined };
}

function environmentCredentials(): Credentials | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

async function run(): Promise<void> {
  const call = await readCall(process.argv.slice(2));
  if (call === "help") {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const { door, credentials, prompt, sessionId, raw } = call;
  const { text, sessionId: session } = await ask(
    door,
    { prompt, sessionId, raw, token: process.env["FRONT_DOOR_TOKEN"] },
    credentials,
  );
  for await (const piece of text) process.stdout.write(piece);
  if (!raw) process.stdout.write("\n");
  if (session !== undefined) process.stderr.write(`session: ${session}\n`);
}

/** What support needs to find the request in the log. */
function requestOf(error: unknown): string {
  return error instanceof FrontDoorError && error.requestId !== undefined ? `\nrequest: ${error.requestId}` : "";
}

run().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const why = cause instanceof Error && cause.message !== "" && cause.message !== message ? ` (${cause.message})` : "";
  process.stderr.write(`${isUsage ? `${USAGE}\n\n` : ""}${message}${why}${requestOf(error)}\n`);
  process.exitCode = 1;
});
