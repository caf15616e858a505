import { parseRuntimeArn } from "../../../aws/arn";
import { partitionOf } from "../../../aws/partitions";
import { EDGE_BODY_BYTES, HEARTBEAT_MS, ORIGIN_READ_SECONDS } from "../../../aws/limits";
import { DOOR_NAMES, DOORS } from "../../../wire/doors";
import { EDGE_AUTHS, type Settings } from "../../settings";
import { validateEdgeDomain } from "./domain";
import { knownDoors } from "../doors";
import { closest, formatValue, isObject, validateInteger } from "../shape";

/** Shortest read timeout of the edge, seconds: one second longer than the interval of the door's keep-alive comments. */
export const MIN_EDGE_READ_SECONDS = HEARTBEAT_MS / 1000 + 1;

/** Validates the edge in front of `streamingUrl`. */
export function* validateEdge(settings: Settings, region: string | undefined): Generator<string> {
  const { doors, callers, edgeReadTimeoutSeconds, maxBodyBytes } = settings;
  const { edge, edgeSigner, edgeDomain, edgeAccessLog } = settings as Record<keyof Settings, unknown>;
  yield* validateInteger(
    "edgeReadTimeoutSeconds",
    edgeReadTimeoutSeconds,
    MIN_EDGE_READ_SECONDS,
    ORIGIN_READ_SECONDS.max,
    `more than the ${HEARTBEAT_MS / 1000} seconds after which the door breaks its silence, and no more than CloudFront waits without a raised quota: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html`,
  );
  const named = yield* validateEdgeDomain(edgeDomain);
  yield* validateEdgeAuth(settings);
  if (edge !== true) {
    if (edgeSigner === true) yield "`edgeSigner` is true without an edge to sign at. Set `edge` to true, or remove it.";
    if (named) yield "`edgeDomain` names a domain without an edge to have it. Set `edge` to true, or remove it.";
    if (edgeAccessLog === true)
      yield "`edgeAccessLog` is true without an edge to log. Set `edge` to true, or remove it: the REST doors log without it.";
    return;
  }
  if (edgeSigner === true && Number.isInteger(maxBodyBytes) && maxBodyBytes > EDGE_BODY_BYTES) {
    yield `\`maxBodyBytes\` is ${formatValue(maxBodyBytes)}, but \`edgeSigner\` is true, and CloudFront shows a function at the edge at most ${EDGE_BODY_BYTES} bytes of a body: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html. Lower \`maxBodyBytes\`, or remove \`edgeSigner\` and let clients send \`x-amz-content-sha256\`.`;
  }
  if (!knownDoors(doors).some((door) => DOORS[door].edge)) {
    const fitting = DOOR_NAMES.filter((door) => DOORS[door].edge).join(" or ");
    yield `\`edge\` is true, but \`doors\` has no ${fitting} for it to stand in front of. Add ${fitting}, or remove \`edge\`: the REST doors have their web ACL without one.`;
  }
  if (!(isObject(callers) || Array.isArray(callers)) || Object.keys(callers).length > 0) {
    yield `\`edge\` is true, but \`callers\` names ${formatValue(callers)}. Whoever calls the URL past the edge passes by its web ACL and its limits; empty \`callers\`, or remove \`edge\`.`;
  }
  const { agentRuntimeArn } = settings as Record<keyof Settings, unknown>;
  const runtime = typeof agentRuntimeArn === "string" ? parseRuntimeArn(agentRuntimeArn) : undefined;
  const partition = region === undefined ? runtime?.partition : partitionOf(region);
  if (partition !== undefined && partition !== "aws") {
    yield `\`edge\` is true, but CloudFront is not a service of the partition ${partition} with the OAC and web ACL that it needs (https://docs.aws.amazon.com/general/latest/gr/cf_region.html). Use streamingApi there.`;
  }
}

/** Validates how users sign in. The keys of the issuer or of the pool are validated with those of the REST doors. */
function* validateEdgeAuth({ edge, edgeAuth, cognito }: Settings): Generator<string> {
  const value: unknown = edgeAuth;
  if (!(EDGE_AUTHS as readonly unknown[]).includes(value)) {
    const near = typeof value === "string" ? closest(value, EDGE_AUTHS) : "";
    yield `\`edgeAuth\` is ${formatValue(value)}${near}. Use ${EDGE_AUTHS.join(", ")}.`;
    return;
  }
  if (value === "none") return;
  if (!edge) {
    yield `\`edgeAuth\` is ${formatValue(value)} without an edge to sign in at. Set \`edge\` to true, or remove \`edgeAuth\`: for the REST doors there is \`apiAuth\`.`;
  }
  if (value === "cognito" && isObject(cognito) && cognito["userPoolArn"] !== undefined) {
    yield "`edgeAuth` is cognito, but `cognito.userPoolArn` names a pool of your own, whose clients the edge does not know. Set `edgeAuth` to jwt, `jwt.issuer` to https://cognito-idp.<region>.amazonaws.com/<pool id> and `jwt.audience` to the ids of the clients.";
  }
}
