import { parseArgs } from "node:util";
import { isTextPath } from "../../contract/wire/dialects/names";
import {
  DOOR_NAMES,
  DOORS,
  isDoorName,
  type Credentials,
  type Door,
  type DoorName,
  type FrontDoor,
} from "../../contract/wire/doors";
import { isSessionId, SESSION_ID_LENGTH } from "../../contract/wire/sessionId";
import type { Caller } from "./connectTo";
import { runningFrontDoor, type FrontDoorFilter } from "./running";
import { UsageError } from "./usage";

export interface Call {
  readonly door: Door;
  readonly caller: Caller;
  /** Undefined for a conversation. */
  readonly prompt: string | undefined;
  readonly sessionId: string | undefined;
  readonly agent: string | undefined;
  readonly form: "text" | "raw" | "json";
  readonly stats: boolean;
}

const OPTIONS = {
  interactive: { type: "boolean", short: "i", default: false },
  session: { type: "string" },
  agent: { type: "string" },
  raw: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  stats: { type: "boolean", default: false },
  text: { type: "string" },
  stack: { type: "string" },
  pid: { type: "string" },
  as: { type: "string" },
  url: { type: "string" },
  "api-key": { type: "string" },
  region: { type: "string" },
  profile: { type: "string" },
  edge: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** @throws UsageError or an error of parseArgs */
export async function readCall(args: string[]): Promise<Call | "help"> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  if (values.help) return "help";
  const [name = "", prompt, ...rest] = positionals;
  if (!isDoorName(name)) throw new UsageError(`<door> is "${name}". Use ${DOOR_NAMES.join(", ")}.`);
  if (values.interactive && prompt !== undefined) throw new UsageError("Leave the prompt out with --interactive.");
  if (!values.interactive && (!prompt || rest.length > 0)) throw new UsageError("Give one prompt, in quotes.");
  if (values.raw && values.json) throw new UsageError("Use --raw or --json, not both.");
  if (values.profile !== undefined && values.region === undefined)
    throw new UsageError("--profile is for doors with IAM. Give --region too.");
  const { url, session: sessionId, agent, text: textPath, stats } = values;
  if (url !== undefined && values.as !== undefined)
    throw new UsageError("--as names a caller of a front door on this machine. Leave it out with --url.");
  if (sessionId !== undefined && !isSessionId(sessionId)) {
    const { min, max } = SESSION_ID_LENGTH;
    throw new UsageError(
      `--session is "${String(sessionId)}". Use the id that an earlier answer printed: ${min} to ${max} characters of A-Z a-z 0-9 _ -.`,
    );
  }
  if (textPath !== undefined && !isTextPath(textPath))
    throw new UsageError(`--text is "${String(textPath)}". Use names of fields separated by dots, such as delta.text.`);
  const target =
    url === undefined
      ? await running(name, values)
      : await deployed(name, url, { ...values, apiKey: values["api-key"] });
  return {
    door: { ...target.door, ...(textPath !== undefined && { textPath }) },
    caller: target.caller,
    prompt,
    sessionId,
    agent,
    form: values.raw ? "raw" : values.json ? "json" : "text",
    stats,
  };
}

type Target = Pick<Call, "door" | "caller">;

async function running(
  name: DoorName,
  wanted: FrontDoorFilter & { readonly as?: string | undefined },
): Promise<Target> {
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
  const own = wanted.as === undefined ? credentials : credentialsOf(wanted.as, frontDoor);
  return { door, caller: { credentials: own, token: token() } };
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

function token(): string | undefined {
  return process.env["FRONT_DOOR_TOKEN"] || undefined;
}

interface Deployed {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly edge: boolean;
}

async function deployed(name: DoorName, url: string, { region, profile, apiKey, edge }: Deployed): Promise<Target> {
  if (!URL.canParse(url))
    throw new UsageError(`--url is "${url}". Use the door's URL, for example https://<id>.lambda-url.<region>.on.aws.`);
  const door = { name, url };
  const key = apiKey === undefined ? undefined : ({ header: "x-api-key", value: apiKey } as const);
  if (region !== undefined) {
    // Loaded only here, because it is large.
    const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
    const auth = { type: "AWS_IAM", service: DOORS[name].service, region } as const;
    const credentials = fromNodeProviderChain({ ...(profile !== undefined && { profile }) });
    return { door: { ...door, auth, ...(key && { apiKey: key }) }, caller: { credentials, token: token() } };
  }
  if (edge) return { door: { ...door, auth: { type: "EDGE" } }, caller: { token: token() } };
  // For a door that asks only for an API key, the token in Authorization is for the agent.
  const own = token();
  const auth: Door["auth"] | undefined =
    own === undefined
      ? key && { type: "API_KEY", ...key }
      : { type: "BEARER", header: "Authorization", value: `Bearer ${own}` };
  if (!auth) throw new UsageError("Give --region (for IAM), --api-key, --edge or FRONT_DOOR_TOKEN beside --url.");
  return { door: { ...door, auth, ...(own !== undefined && key && { apiKey: key }) }, caller: {} };
}
