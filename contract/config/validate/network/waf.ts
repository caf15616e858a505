import { CLOUDFRONT_REGION } from "../../../aws/cloudfront";
import { cidrText, parseCidr } from "../../../aws/cidr";
import { WAF_IP_SET_ADDRESSES } from "../../../aws/limits";
import type { Settings } from "../../settings";
import { WAF_RATE_KEYS } from "../../../aws/waf";
import { hasNoRestDoor } from "../doors";
import { isTextList, isUnknown, formatValue } from "../shape";

/** Validates the settings of the web ACLs. */
export function* validateWaf(settings: Settings, region: string | undefined): Generator<string> {
  const { wafRateKey, wafAllowIps, wafBlockIps } = settings;
  if (!WAF_RATE_KEYS.includes(wafRateKey)) {
    yield `\`wafRateKey\` is ${formatValue(wafRateKey)}. Use ${WAF_RATE_KEYS.join(" or ")}.`;
  }
  const allowed = yield* validateAddresses("wafAllowIps", wafAllowIps);
  const blocked = yield* validateAddresses("wafBlockIps", wafBlockIps);
  const both = allowed.find((cidr) => blocked.includes(cidr));
  if (both !== undefined) {
    yield `\`wafAllowIps\` and \`wafBlockIps\` both hold ${formatValue(both)}. Blocking comes first; remove it from one of them.`;
  }
  const lists = allowed.length + blocked.length > 0;
  yield* validateUnusedKeys(settings, lists);
  yield* validateOwnAcls(settings, region, lists);
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html */
const ACL_ARN = /^arn:aws(?:-[a-z]+)*:wafv2:([a-z0-9-]+):[0-9]{12}:(regional|global)\/webacl\/[\w-]+\/[0-9a-f-]{36}$/;

/** Validates web ACLs of the stack's owner: by whom they are called, and where they are. */
function* validateOwnAcls(settings: Settings, region: string | undefined, lists: boolean): Generator<string> {
  const { webAclArn, edgeWebAclArn, doors, edge, privateApi } = settings;
  const id = "12345678-1234-1234-1234-123456789012";
  yield* validateAcl(
    "webAclArn",
    webAclArn,
    "regional",
    region,
    `arn:aws:wafv2:${region ?? "us-east-1"}:123456789012:regional/webacl/mine/${id}`,
  );
  yield* validateAcl(
    "edgeWebAclArn",
    edgeWebAclArn,
    "global",
    CLOUDFRONT_REGION,
    `arn:aws:wafv2:${CLOUDFRONT_REGION}:123456789012:global/webacl/mine/${id}`,
  );
  const hasRest = !hasNoRestDoor(doors);
  if (webAclArn !== "" && (!hasRest || privateApi)) {
    yield "`webAclArn` is set, but the stack has no public REST door, and nothing else has a regional web ACL. Add a REST door without `privateApi`, or remove it.";
  }
  if (edgeWebAclArn !== "" && !edge) {
    yield "`edgeWebAclArn` is set without an edge. Set `edge` to true, or remove it.";
  }
  const makesOne = (hasRest && !privateApi && webAclArn === "") || (edge && edgeWebAclArn === "");
  if (lists && !makesOne && (webAclArn !== "" || edgeWebAclArn !== "")) {
    yield "`wafAllowIps` and `wafBlockIps` are rules of the web ACLs that the stack makes, and it makes none. Add the addresses to your own web ACL, and empty the lists.";
  }
}

function* validateAcl(
  key: string,
  arn: unknown,
  scope: string,
  region: string | undefined,
  example: string,
): Generator<string> {
  if (arn === "" || isUnknown(arn)) return;
  const [, found, kind] = typeof arn === "string" ? (ACL_ARN.exec(arn) ?? []) : [];
  if (kind !== scope) {
    yield `\`${key}\` is ${formatValue(arn)}, which is not the ARN of a web ACL of scope ${scope === "global" ? "CLOUDFRONT" : "REGIONAL"}. Use one like ${example}, or "" for one of the stack's own.`;
  } else if (region !== undefined && found !== region) {
    yield `\`${key}\` is in ${found ?? ""}, but must be in ${region}. Use a web ACL of that region, such as ${example}.`;
  }
}

/** Finds keys that have no effect because the stack has no web ACL for them. */
function* validateUnusedKeys({ doors, edge, wafRateKey }: Settings, lists: boolean): Generator<string> {
  if (!hasNoRestDoor(doors)) return;
  if (lists && (edge as unknown) !== true) {
    yield "`wafAllowIps` and `wafBlockIps` are rules of a web ACL, but no door of this stack has one: AWS WAF protects no Function URL (https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html). Set `edge` to true, add a REST door, or empty the lists.";
  }
  if (wafRateKey === "forwardedIp") {
    yield "`wafRateKey` is forwardedIp, but this stack has no REST door: the edge sees its callers' own addresses, and a Function URL has no web ACL. Set it to ip.";
  }
}

/**
 * Validates a list of address ranges.
 *
 * @returns the valid ranges in their canonical form
 */
function* validateAddresses(key: string, value: unknown): Generator<string, readonly string[]> {
  if (!Array.isArray(value) || (value.length > 0 && !isTextList(value))) {
    yield `\`${key}\` is ${formatValue(value)}. Use a list of CIDR ranges such as 192.0.2.0/24 or 2001:db8::/32.`;
    return [];
  }
  const found: string[] = [];
  const sizes = { 4: 0, 6: 0 };
  for (const text of value as string[]) {
    const cidr = parseCidr(text);
    if (!cidr) {
      yield `\`${key}\` contains ${formatValue(text)}, which is not a CIDR range. Use for example 192.0.2.0/24, 2001:db8::/32, or 192.0.2.7/32 for one address.`;
    } else if (cidr.prefix === 0) {
      yield `\`${key}\` contains ${formatValue(text)}, which is every address. A WAF IP set accepts no range of prefix 0 (https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html); name the addresses that you mean.`;
    } else if (!cidr.isNetwork) {
      yield `\`${key}\` contains ${formatValue(text)}, an address within a range. Use the range ${cidrText(cidr)}, or ${text.replace(/\/.*/, cidr.version === 4 ? "/32" : "/128")} for the address alone.`;
    } else {
      const range = cidrText(cidr);
      if (found.includes(range)) yield `\`${key}\` names the range ${formatValue(text)} twice. Name each once.`;
      found.push(range);
      sizes[cidr.version]++;
    }
  }
  for (const [version, count] of Object.entries(sizes)) {
    if (count > WAF_IP_SET_ADDRESSES) {
      yield `\`${key}\` contains ${count} ranges of IPv${version}. A WAF IP set accepts ${WAF_IP_SET_ADDRESSES} (https://docs.aws.amazon.com/waf/latest/developerguide/limits.html); merge neighbours, or block at another place.`;
    }
  }
  return found;
}
