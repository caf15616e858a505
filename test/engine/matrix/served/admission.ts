import { TYPES } from "../../../../local/program/graph";
import type { Settings } from "../../../../contract/config/settings";
import type { Cloud } from "../../provider/cloud/cloud";
import type { Thing } from "../../provider/kind";
import { mayCall, type Caller } from "../../provider/cloud/restAccess";

export const PARTNER = "210987654321";
/** Networks that the walks allow and deny. */
export const OFFICE = "203.0.113.0/24";
export const CAFE = "198.51.100.0/24";

const PRINCIPALS = ["123456789012", PARTNER, "999999999999"].map((account) => `arn:aws:iam::${account}:role/client`);
const ADDRESSES = { [OFFICE]: "203.0.113.7", [CAFE]: "198.51.100.9", "": "192.0.2.1" };

/** Who gets in and should not, or the other way round: every principal from every network and through every endpoint. */
export function* admissionProblems(cloud: Cloud, { id }: Thing, settings: Settings): Generator<string> {
  const made = cloud
    .all(TYPES.vpcEndpoint)
    .filter(({ inputs }) => String(inputs["serviceName"]).endsWith("execute-api"));
  const [own = "vpce-00000000000000000"] =
    settings.apiVpcEndpointIds.length > 0 ? settings.apiVpcEndpointIds : made.map((each) => each.id);
  const places = [
    ...Object.values(ADDRESSES).map((address) => ({ address })),
    ...[own, "vpce-0ffffffffffffffff"].map((vpcEndpointId) => ({ address: "10.0.0.5", vpcEndpointId })),
  ];
  for (const place of places) {
    for (const principalArn of PRINCIPALS) {
      const caller = { ...place, principalArn };
      const expected = isDeclared(caller, own, settings);
      if (mayCall(cloud, id, caller) !== expected) {
        yield `${expected ? "keeps out" : "lets in"} ${JSON.stringify(caller)}, against the config`;
      }
    }
  }
}

/** What the config says, in its own words. */
function isDeclared({ principalArn, address, vpcEndpointId }: Caller, own: string, settings: Settings): boolean {
  const { allowIps = [], denyIps = [], accounts = [] } = settings.resourcePolicy;
  if (settings.privateApi ? vpcEndpointId !== own : vpcEndpointId !== undefined) return false;
  const isIn = (networks: readonly string[]) =>
    networks.some((network) => (ADDRESSES as Readonly<Record<string, string>>)[network] === address);
  if (isIn(denyIps) || (allowIps.length > 0 && !isIn(allowIps))) return false;
  if (settings.apiAuth !== "iam") return true;
  return ["123456789012", ...accounts].some((account) => principalArn.includes(`:${account}:`));
}
