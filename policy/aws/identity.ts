import { TYPES } from "./types";

/** How a resource of a type is named elsewhere: what its own properties say, and what a text that names it says. */
interface Identity {
  /** Properties that hold a name of the resource. */
  readonly properties: readonly string[];
  /** The one form that all names of a resource come down to; `undefined` for a text that is no name of one. */
  readonly canonical: (text: string) => string | undefined;
  /** The same form out of several properties, where no single one has it before the resource is created. */
  readonly composed?: (props: Readonly<Record<string, unknown>>) => string | undefined;
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
  [TYPES.stage]: {
    properties: ["arn"],
    canonical: match(/\/restapis\/([^/]+\/stages\/[^/]+)$/),
    composed: ({ restApi, stageName }) =>
      typeof restApi === "string" && typeof stageName === "string" ? `${restApi}/stages/${stageName}` : undefined,
  },
  [TYPES.distribution]: { properties: ["id", "arn"], canonical: match(/^(?:.*:distribution\/)?([A-Z0-9]+)$/) },
  [TYPES.logGroup]: { properties: ["name", "arn"], canonical: match(/^(?:.*:log-group:)?([^:*]+?)(?::\*)?$/) },
  [TYPES.logDeliverySource]: { properties: ["name"], canonical: match(/^(?:.*:delivery-source:)?([\w-]+)$/) },
  [TYPES.role]: { properties: ["name", "arn", "id"], canonical: match(/^(?:.*:role\/(?:.*\/)?)?([\w+=,.@-]+)$/) },
  [TYPES.agentRuntime]: {
    properties: ["agentRuntimeId", "agentRuntimeArn"],
    canonical: match(/^(?:.*:runtime\/)?([\w-]+)(?:\/.*)?$/),
  },
  // A name is unique within its scope.
  [TYPES.webAcl]: {
    properties: ["arn"],
    canonical: match(/:((?:regional|global)\/webacl\/[\w-]+)\/[\w-]+$/),
    composed: ({ scope, name }) =>
      typeof scope === "string" && typeof name === "string"
        ? `${scope === "CLOUDFRONT" ? "global" : "regional"}/webacl/${name}`
        : undefined,
  },
};

const OTHER: Identity = { properties: ["id", "arn", "name"], canonical: same };

/** The canonical names of a resource, as far as they are known. */
export function namesOf(type: string, props: Readonly<Record<string, unknown>>): readonly string[] {
  const { properties, composed } = IDENTITIES[type] ?? OTHER;
  const names = properties.flatMap((property) => canonicalName(type, props[property]));
  const more = composed?.(props);
  return [...new Set(more === undefined ? names : [...names, more])];
}

/** What a text names, if it names a resource of this type at all. */
export function canonicalName(type: string, text: unknown): readonly string[] {
  if (typeof text !== "string") return [];
  const name = (IDENTITIES[type] ?? OTHER).canonical(text);
  return name === undefined ? [] : [name];
}
