import { RUNTIME_ARN_EXAMPLE } from "../../aws/arn";
import { cidrText, parseCidr } from "../../aws/cidr";
import { PRIVATE_SUBNETS, VPC_PREFIX_LENGTH } from "../../aws/limits";
import { DOORS } from "../../wire/doors";
import { DEFAULTS } from "../defaults";
import { ENDPOINT_SERVICES } from "../rest";
import type { Settings } from "../settings";
import { knownDoors } from "./doors";
import { isObject, isTexts, notBoolean, shown, twice, unknownKeys } from "./shape";
import { arnMistakes } from "./target";

const id = (prefix: string): RegExp => new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);

const GROUP_EXAMPLE = "sg-0a1b2c3d4e5f60718";

/** The longest prefix of a VPC in which each subnet still has the smallest size. */
const LONGEST_PREFIX = VPC_PREFIX_LENGTH.max - Math.log2(PRIVATE_SUBNETS);

/** Mistakes in what is private: the way to the REST doors, and the way from their functions to the runtime. */
export function* networkMistakes(settings: Settings, region: string | undefined): Generator<string> {
  for (const key of ["privateApi", "privateNetwork", "ownsAccountLogging", "tracing"] as const) {
    yield* notBoolean(key, settings[key]);
  }
  yield* apiMistakes(settings);
  yield* vpcMistakes(settings);
  yield* existingEndpointMistakes(settings);
  yield* endpointRuntimeMistakes(settings, region);
  const outside = knownDoors(settings.doors).find((door) => !DOORS[door].vpc);
  if (settings.privateNetwork && outside !== undefined) {
    yield `\`privateNetwork\` is true, but \`doors\` holds ${outside}: a Lambda Function URL does not stream from a VPC (https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html). Use streamingApi, which does, or set \`privateNetwork\` to false.`;
  }
}

function* apiMistakes({ privateApi, privateNetwork, apiVpcEndpointIds }: Settings): Generator<string> {
  yield* ids("apiVpcEndpointIds", apiVpcEndpointIds, "vpce", "a VPC endpoint");
  const named = Array.isArray(apiVpcEndpointIds) && apiVpcEndpointIds.length > 0;
  if (named && !privateApi) {
    yield "`apiVpcEndpointIds` is set without `privateApi`: only a private API is bound to endpoints. Set `privateApi` to true, or leave the ids out.";
  }
  if (privateApi && !named && !privateNetwork) {
    yield "`privateApi` is true, but nothing could reach the doors. Name the endpoints for execute-api in `apiVpcEndpointIds`, or set `privateNetwork` to true, which makes one.";
  }
}

function* vpcMistakes({ privateNetwork, vpcId, subnetIds, vpcCidrBlock }: Settings): Generator<string> {
  const existing: unknown = vpcId;
  if (typeof existing !== "string" || (existing !== "" && !id("vpc").test(existing))) {
    yield `\`vpcId\` is ${shown(existing)}, which is no id of a VPC. Use one like vpc-0a1b2c3d4e5f60718, or "" for a new VPC.`;
  }
  yield* ids("subnetIds", subnetIds, "subnet", "a subnet");
  const subnets = Array.isArray(subnetIds) ? subnetIds.length : 0;
  if (subnets > 0 && existing === "") {
    yield "`subnetIds` is set without `vpcId`. Set `vpcId` to the VPC of the subnets, or leave both out for a new one.";
  }
  if (existing !== "" && subnets < PRIVATE_SUBNETS) {
    yield `\`subnetIds\` names ${subnets} subnets of \`vpcId\`. Name at least ${PRIVATE_SUBNETS}, in different availability zones: with one, the doors stand and fall with its zone.`;
  }
  if (!privateNetwork && (existing !== "" || subnets > 0)) {
    yield "`vpcId` and `subnetIds` are set without `privateNetwork`, which alone reads them. Set `privateNetwork` to true, or leave them out.";
  }
  yield* cidrMistakes(vpcCidrBlock, existing !== "", privateNetwork);
}

function* existingEndpointMistakes(settings: Settings): Generator<string> {
  const { privateNetwork, vpcId, tracing } = settings;
  const existing: unknown = settings.existingEndpoints;
  if (!isObject(existing)) {
    yield `\`existingEndpoints\` is ${shown(existing)}. Use a map from a service to a security group of its endpoint, such as { logs: ${GROUP_EXAMPLE} }.`;
    return;
  }
  if (Object.keys(existing).length === 0) return;
  if ("execute-api" in existing) {
    yield "`existingEndpoints.execute-api` does not exist. Name existing endpoints for execute-api in `apiVpcEndpointIds`.";
  }
  const { "execute-api": _, ...services } = existing;
  yield* unknownKeys("existingEndpoints", services, ENDPOINT_SERVICES);
  for (const [service, group] of Object.entries(services)) {
    if (typeof group !== "string" || !id("sg").test(group)) {
      yield `\`existingEndpoints.${service}\` is ${shown(group)}, which is not the id of a security group. Use one that the endpoint has, such as ${GROUP_EXAMPLE}; aws ec2 describe-vpc-endpoints shows it.`;
    }
  }
  if (privateNetwork && "xray" in services && !tracing) {
    yield "`existingEndpoints.xray` is set, but `tracing` is false: nothing calls X-Ray. Set `tracing` to true, or remove the service.";
  }
  if (!privateNetwork || (vpcId as unknown) === "") {
    yield "`existingEndpoints` is set, but the stack has no existing VPC. Set `privateNetwork` to true and `vpcId` to the VPC of the endpoints, or remove it.";
  }
}

function* endpointRuntimeMistakes(settings: Settings, region: string | undefined): Generator<string> {
  const arns: unknown = settings.endpointRuntimeArns;
  if (!isTexts(arns)) {
    yield `\`endpointRuntimeArns\` is ${shown(arns)}. Use a list of runtime ARNs, such as [${RUNTIME_ARN_EXAMPLE}].`;
    return;
  }
  for (const [index, arn] of arns.entries()) yield* arnMistakes(`endpointRuntimeArns[${index}]`, arn, region);
  yield* twice("endpointRuntimeArns", "runtime", arns);
  const existing: unknown = settings.existingEndpoints;
  const isShared = isObject(existing) && "bedrock-agentcore" in existing;
  if (arns.length > 0 && (!settings.privateNetwork || isShared)) {
    yield "`endpointRuntimeArns` is set, but this stack makes no endpoint for bedrock-agentcore. Set it in the stack that makes the endpoint, or remove it.";
  }
}

function* cidrMistakes(block: unknown, existing: boolean, privateNetwork: boolean): Generator<string> {
  if (block !== DEFAULTS.vpcCidrBlock && (existing || !privateNetwork)) {
    yield `\`vpcCidrBlock\` is ${shown(block)}, but this stack makes no VPC. Leave it out, or set \`privateNetwork\` to true without \`vpcId\`.`;
    return;
  }
  const range = typeof block === "string" ? parseCidr(block) : undefined;
  if (range?.version !== 4 || range.prefix < VPC_PREFIX_LENGTH.min || range.prefix > LONGEST_PREFIX) {
    yield `\`vpcCidrBlock\` is ${shown(block)}. Use an IPv4 range from a /${VPC_PREFIX_LENGTH.min} (the largest VPC) to a /${LONGEST_PREFIX} (${PRIVATE_SUBNETS} subnets of the smallest size, /${VPC_PREFIX_LENGTH.max}), such as ${DEFAULTS.vpcCidrBlock}.`;
  } else if (!range.isNetwork) {
    yield `\`vpcCidrBlock\` is ${shown(block)}, which is not how its range starts. Use ${cidrText(range)}.`;
  }
}

function* ids(key: string, value: unknown, prefix: string, what: string): Generator<string> {
  if (!isTexts(value)) {
    yield `\`${key}\` is ${shown(value)}. Use a list of ids, each like ${prefix}-0a1b2c3d4e5f60718.`;
    return;
  }
  for (const text of value) {
    if (!id(prefix).test(text)) {
      yield `\`${key}\` holds ${shown(text)}, which is no id of ${what}. Use one like ${prefix}-0a1b2c3d4e5f60718.`;
    }
  }
  yield* twice(key, "id", value);
}
