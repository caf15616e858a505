import { TYPES } from "../../../local/program/graph";
import type { OutputName } from "../../../contract/config/outputs";
import type { Held } from "../../../docs/effects/effect";
import type { Cloud } from "../provider/cloud/cloud";
import type { Thing } from "../provider/kind";
import { nameOf, NETWORK_TYPES } from "./things";

/** What clients and operators hold, each by what it is and for which resource. */
export type Holdings = ReadonlyMap<string, { readonly held: Held; readonly value: string }>;

/** What a stack's outputs tell clients. */
const OUTPUTS: Readonly<Partial<Record<OutputName, Held>>> = {
  bufferedApiUrl: "address of a REST door",
  streamingApiUrl: "address of a REST door",
  streamingUrl: "Function URL",
  edgeUrl: "address of the edge",
  userPoolId: "user pool",
  userPoolClientId: "app client",
  userPoolClientSecret: "app client",
  tokenEndpoint: "sign-in domain",
  sampleAgentRuntimeArn: "sample runtime",
};

type Values = (thing: Thing, cloud: Cloud) => Partial<Record<Held, unknown>>;

const VALUES: Readonly<Record<string, Values>> = {
  [TYPES.restApi]: (api, cloud) => ({ "REST API id": api.id, "address of a REST door": restAddress(api, cloud) }),
  [TYPES.functionUrl]: ({ outputs }) => ({ "Function URL": outputs["functionUrl"] }),
  [TYPES.distribution]: ({ inputs, outputs }) => ({
    "CloudFront domain": outputs["domainName"],
    "address of the edge": (inputs["aliases"] as string[] | undefined)?.[0] ?? outputs["domainName"],
  }),
  [TYPES.domainName]: ({ outputs }) => ({ "target of the domain": outputs["regionalDomainName"] }),
  [TYPES.apiKey]: ({ id, outputs }) => ({ "API key": [id, outputs["value"]] }),
  [TYPES.userPool]: ({ id }) => ({ "user pool": id }),
  [TYPES.userPoolClient]: ({ id, outputs }) => ({ "app client": [id, outputs["clientSecret"]] }),
  [TYPES.kmsKey]: ({ id }) => ({ "key of session ids": id }),
  [TYPES.userPoolDomain]: ({ id }) => ({ "sign-in domain": id }),
  [TYPES.agentRuntime]: ({ outputs }) => ({ "sample runtime": outputs["agentRuntimeArn"] }),
  [TYPES.function]: ({ outputs }) => ({ function: outputs["arn"] }),
  [TYPES.role]: ({ outputs }) => ({ "IAM role": outputs["arn"] }),
  [TYPES.logGroup]: ({ id }) => ({ "log group": id }),
  [NETWORK_TYPES.vpc]: ({ id }) => ({ VPC: id }),
  [TYPES.vpcEndpoint]: ({ id }) => ({ "VPC endpoint": id }),
};

export function holdings(cloud: Cloud, outputs: Readonly<Record<string, unknown>>): Holdings {
  const found = new Map<string, { held: Held; value: string }>();
  for (const [name, held] of Object.entries(OUTPUTS)) {
    if (outputs[name] !== undefined) found.set(`output ${name}`, { held, value: JSON.stringify(outputs[name]) });
  }
  for (const [name, value] of Object.entries((outputs["apiKeys"] ?? {}) as Record<string, string>)) {
    found.set(`output apiKeys.${name}`, { held: "API key", value });
  }
  for (const thing of cloud.everything) {
    // What is locked is known by its ARN, whatever resource of the program locks it.
    if (thing.type === TYPES.resourcePolicy)
      found.set(`locked ARN ${thing.id}`, { held: "locked ARN", value: thing.id });
    for (const [held, value] of Object.entries(VALUES[thing.type]?.(thing, cloud) ?? {}) as [Held, unknown][]) {
      found.set(`${held} of ${nameOf(thing.urn)}`, { held, value: JSON.stringify(value) });
    }
  }
  return found;
}

function restAddress({ id }: Thing, cloud: Cloud): string {
  const mapping = cloud.all(TYPES.basePathMapping).find(({ inputs }) => inputs["restApi"] === id);
  if (mapping) return `https://${mapping.id}`;
  return String(cloud.all(TYPES.stage).find(({ inputs }) => inputs["restApi"] === id)?.outputs["invokeUrl"]);
}
