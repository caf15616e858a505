import { CLOUDFRONT_REGION } from "../../aws/cloudfront";
import { parseRuntimeArn } from "../../aws/arn";
import { HEARTBEAT_MS, ORIGIN_READ_SECONDS } from "../../aws/limits";
import { DOOR_NAMES, DOORS } from "../../wire/doors";
import type { Settings } from "../settings";
import { knownDoors } from "./doors";
import { HOSTED_ZONE, isObject, notBoolean, outOfRange, shown, unknownKeys } from "./shape";

const CERTIFICATE = /^arn:aws:acm:([a-z0-9-]+):[0-9]{12}:certificate\/[A-Za-z0-9-]+$/;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Least seconds of silence: a whole second more than the door's own heartbeat. */
export const MIN_EDGE_READ_SECONDS = HEARTBEAT_MS / 1000 + 1;

/** Mistakes in what stands in front of `streamingUrl`. */
export function* edgeMistakes(settings: Settings): Generator<string> {
  const { doors, callers, edgeReadTimeoutSeconds } = settings;
  const { edge, edgeSigner, edgeDomain } = settings as Record<keyof Settings, unknown>;
  yield* notBoolean("edge", edge);
  yield* notBoolean("edgeSigner", edgeSigner);
  yield* outOfRange(
    "edgeReadTimeoutSeconds",
    edgeReadTimeoutSeconds,
    MIN_EDGE_READ_SECONDS,
    ORIGIN_READ_SECONDS.max,
    `more than the ${HEARTBEAT_MS / 1000} seconds after which the door breaks its silence, and no more than CloudFront waits without a raised quota: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html`,
  );
  const named = yield* domainMistakes(edgeDomain);
  if (edge !== true) {
    if (edgeSigner === true) yield "`edgeSigner` is true without an edge to sign at. Set `edge` to true, or remove it.";
    if (named) yield "`edgeDomain` names a domain without an edge to have it. Set `edge` to true, or remove it.";
    return;
  }
  if (!knownDoors(doors).some((door) => DOORS[door].edge)) {
    const fitting = DOOR_NAMES.filter((door) => DOORS[door].edge).join(" or ");
    yield `\`edge\` is true, but \`doors\` has no ${fitting} for it to stand in front of. Add ${fitting}, or remove \`edge\`: the REST doors have their web ACL without one.`;
  }
  if (!Array.isArray(callers) || callers.length > 0) {
    yield `\`edge\` is true, but \`callers\` names ${shown(callers)}. Whoever calls the URL past the edge passes by its web ACL and its limits; empty \`callers\`, or remove \`edge\`.`;
  }
  const { agentRuntimeArn } = settings as Record<keyof Settings, unknown>;
  const partition = typeof agentRuntimeArn === "string" ? parseRuntimeArn(agentRuntimeArn)?.partition : undefined;
  if (partition !== undefined && partition !== "aws") {
    yield `\`edge\` is true, but CloudFront is no service of the partition ${partition} with the OAC and web ACL that it needs (https://docs.aws.amazon.com/general/latest/gr/cf_region.html). Use streamingApi there.`;
  }
}

/** @returns whether there is a domain */
function* domainMistakes(value: unknown): Generator<string, boolean> {
  if (!isObject(value)) {
    yield `\`edgeDomain\` is ${shown(value)}. Use { name, certificateArn, hostedZoneId }, or {} for CloudFront's own domain.`;
    return false;
  }
  if (Object.keys(value).length === 0) return false;
  yield* unknownKeys("edgeDomain", value, ["name", "certificateArn", "hostedZoneId"]);
  const { name, certificateArn, hostedZoneId } = value;
  if (typeof name !== "string" || !DOMAIN.test(name)) {
    yield `\`edgeDomain.name\` is ${shown(name)}. Use a whole domain name in lower case, such as agent.example.com: no scheme, no path, no wildcard.`;
  }
  const [, region] = typeof certificateArn === "string" ? (CERTIFICATE.exec(certificateArn) ?? []) : [];
  if (certificateArn === undefined) {
    yield "`edgeDomain.certificateArn` is missing. CloudFront answers for a domain only with its certificate: request one of ACM in us-east-1, and name its ARN.";
  } else if (region === undefined) {
    yield `\`edgeDomain.certificateArn\` is ${shown(certificateArn)}, which is not the ARN of an ACM certificate. Use one like arn:aws:acm:us-east-1:123456789012:certificate/<id>.`;
  } else if (region !== CLOUDFRONT_REGION) {
    yield `\`edgeDomain.certificateArn\` is in ${region}. CloudFront takes certificates of ${CLOUDFRONT_REGION} only (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html); request or import it there.`;
  }
  if (hostedZoneId !== undefined && (typeof hostedZoneId !== "string" || !HOSTED_ZONE.test(hostedZoneId))) {
    yield `\`edgeDomain.hostedZoneId\` is ${shown(hostedZoneId)}, which no hosted zone of Route 53 is called. Use its id, such as Z0123456789ABCDEFGHIJ, or leave it out and make the record yourself.`;
  }
  return true;
}
