import { TYPES } from "./types";

/** How a resource of a type is named elsewhere: what its own properties say, and what a text that names it says. */
interface Identity {
  /** Properties that hold a name of the resource. */
  readonly properties: readonly string[];
  /** The one form that all names of a resource come down to; `undefined` for a text that is no name of one. */
  readonly canonical: (text: string) => string | undefined;
}

const match = (pattern: RegExp) => (text: string) => pattern.exec(text)?.[1];
const same = (text: string) => text;

const IDENTITIES: Readonly<Record<string, Identity>> = {
  // Name, name:qualifier, ARN, or the ARN in the invocation URI of an integration.
  [TYPES.function]: {
    properties: ["name", "arn", "id"],
    canonical: match(/^(?:(?:.*[:/])?function:)?([\w-]{1,64})(?::[\w$-]+)?(?:\/(?:response-streaming-)?invocations)?$/),
  },
  [TYPES.alias]: { properties: ["arn", "invokeArn"], canonical: match(/(function:[\w-]+:[\w-]+)(?:\/|$)/) },
  // Host of the URL, with or without scheme and path.
  [TYPES.functionUrl]: {
    properties: ["functionUrl", "urlId"],
    canonical: match(/^(?:https:\/\/)?([a-z0-9]+)(?:\.lambda-url\.[a-z0-9-]+\.on\.aws\/?)?$/),
  },
  // Id, ARN of the management API, execution ARN, or host of the default endpoint.
  [TYPES.restApi]: {
    properties: ["id", "arn", "executionArn"],
    canonical: match(
      /^(?:arn:[\w-]+:apigateway:[\w-]*::\/restapis\/|arn:[\w-]+:execute-api:[\w-]*:\d*:|https:\/\/)?([a-z0-9]+)(?:[/.].*)?$/,
    ),
  },
  [TYPES.stage]: { properties: ["arn"], canonical: match(/\/restapis\/([^/]+\/stages\/[^/]+)$/) },
  [TYPES.distribution]: { properties: ["id", "arn"], canonical: match(/^(?:.*:distribution\/)?([A-Z0-9]+)$/) },
  [TYPES.logGroup]: { properties: ["name", "arn"], canonical: match(/^(?:.*:log-group:)?([^:*]+?)(?::\*)?$/) },
  [TYPES.role]: { properties: ["name", "arn", "id"], canonical: match(/^(?:.*:role\/(?:.*\/)?)?([\w+=,.@-]+)$/) },
  [TYPES.agentRuntime]: {
    properties: ["agentRuntimeId", "agentRuntimeArn"],
    canonical: match(/^(?:.*:runtime\/)?([\w-]+)(?:\/.*)?$/),
  },
};

const OTHER: Identity = { properties: ["id", "arn", "name"], canonical: same };

/** The canonical names of a resource, as far as they are known. */
export function namesOf(type: string, props: Readonly<Record<string, unknown>>): readonly string[] {
  const names = (IDENTITIES[type] ?? OTHER).properties.flatMap((property) => canonicalName(type, props[property]));
  if (type === TYPES.stage && typeof props["restApi"] === "string" && typeof props["stageName"] === "string")
    names.push(`${props["restApi"]}/stages/${props["stageName"]}`);
  return [...new Set(names)];
}

/** What a text names, if it names a resource of this type at all. */
export function canonicalName(type: string, text: unknown): readonly string[] {
  if (typeof text !== "string") return [];
  const name = (IDENTITIES[type] ?? OTHER).canonical(text);
  return name === undefined ? [] : [name];
}
