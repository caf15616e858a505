import { RUNTIME_ARN_EXAMPLE } from "../../../aws/arn";
import { cidrText, parseCidr } from "../../../aws/cidr";
import { PRIVATE_SUBNETS, VPC_PREFIX_LENGTH } from "../../../aws/limits";
import { DOORS } from "../../../wire/doors";
import { DEFAULTS } from "../../defaults";
import { ENDPOINT_SERVICES } from "../../keys/rest";
import type { Settings } from "../../settings";
import { knownDoors } from "../doors";
import { isObject, isUnknown, isTextList, validateKnownKeys, formatValue, validateUnique } from "../shape";
import { validateRuntimeArn } from "../agents/target";

const id = (prefix: string): RegExp => new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);

const GROUP_EXAMPLE = "sg-0a1b2c3d4e5f60718";

/** The longest prefix of a VPC: each of its subnets then has the smallest size that AWS allows. */
const LONGEST_PREFIX = VPC_PREFIX_LENGTH.max - Math.log2(PRIVATE_SUBNETS);

/** Validates private access to the REST doors, and the private network from their functions to the runtime. */
export function* validateNetwork(settings: Settings, region: string | undefined): Generator<string> {
  yield* validatePrivateApi(settings);
  yield* validateVpc(settings);
  yield* validateExistingEndpoints(settings);
  yield* validateEndpointRuntimes(settings, region);
  const outside = knownDoors(settings.doors).find((door) => !DOORS[door].vpc);
  if (settings.privateNetwork && outside !== undefined) {
    yield `\`privateNetwork\` is true, but \`doors\` contains ${outside}: a Lambda Function URL does not stream from a VPC (https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html). Use streamingApi, which does, or set \`privateNetwork\` to false.`;
  }
}

function* validatePrivateApi({ privateApi, privateNetwork, apiVpcEndpointIds }: Settings): Generator<string> {
  yield* validateIds("apiVpcEndpointIds", apiVpcEndpointIds, "vpce", "a VPC endpoint");
  const named = Array.isArray(apiVpcEndpointIds) && apiVpcEndpointIds.length > 0;
  if (named && !privateApi) {
    yield "`apiVpcEndpointIds` is set without `privateApi`: only a private API is bound to endpoints. Set `privateApi` to true, or leave the ids out.";
  }
  if (privateApi && !named && !privateNetwork) {
    yield "`privateApi` is true, but nothing could reach the doors. Name the endpoints for execute-api in `apiVpcEndpointIds`, or set `privateNetwork` to true, which makes one.";
  }
}

function* validateVpc({ privateNetwork, vpcId, subnetIds, vpcCidrBlock }: Settings): Generator<string> {
  const existing: unknown = vpcId;
  if (typeof existing !== "string" || (existing !== "" && !isUnknown(existing) && !id("vpc").test(existing))) {
    yield `\`vpcId\` is ${formatValue(existing)}, which is not the id of a VPC. Use one like vpc-0a1b2c3d4e5f60718, or "" for a new VPC.`;
  }
  yield* validateIds("subnetIds", subnetIds, "subnet", "a subnet");
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
  yield* validateVpcCidr(vpcCidrBlock, existing !== "", privateNetwork);
}

function* validateExistingEndpoints(settings: Settings): Generator<string> {
  const { privateNetwork, vpcId, tracing } = settings;
  const existing: unknown = settings.existingEndpoints;
  if (!isObject(existing)) {
    yield `\`existingEndpoints\` is ${formatValue(existing)}. Use a map from a service to a security group of its endpoint, such as { logs: ${GROUP_EXAMPLE} }.`;
    return;
  }
  if (Object.keys(existing).length === 0) return;
  if ("execute-api" in existing) {
    yield "`existingEndpoints.execute-api` does not exist. Name existing endpoints for execute-api in `apiVpcEndpointIds`.";
  }
  const services = Object.fromEntries(Object.entries(existing).filter(([service]) => service !== "execute-api"));
  yield* validateKnownKeys("existingEndpoints", services, ENDPOINT_SERVICES);
  for (const [service, group] of Object.entries(services)) {
    if (typeof group !== "string" || (!isUnknown(group) && !id("sg").test(group))) {
      yield `\`existingEndpoints.${service}\` is ${formatValue(group)}, which is not the id of a security group. Use one that the endpoint has, such as ${GROUP_EXAMPLE}; aws ec2 describe-vpc-endpoints shows it.`;
    }
  }
  if (privateNetwork && "xray" in services && !tracing) {
    yield "`existingEndpoints.xray` is set, but `tracing` is false: nothing calls X-Ray. Set `tracing` to true, or remove the service.";
  }
  if (!privateNetwork || (vpcId as unknown) === "") {
    yield "`existingEndpoints` is set, but the stack has no existing VPC. Set `privateNetwork` to true and `vpcId` to the VPC of the endpoints, or remove it.";
  }
}

function* validateEndpointRuntimes(settings: Settings, region: string | undefined): Generator<string> {
  const arns: unknown = settings.endpointRuntimeArns;
  if (!isTextList(arns)) {
    yield `\`endpointRuntimeArns\` is ${formatValue(arns)}. Use a list of runtime ARNs, such as [${RUNTIME_ARN_EXAMPLE}].`;
    return;
  }
  for (const [index, arn] of arns.entries()) yield* validateRuntimeArn(`endpointRuntimeArns[${index}]`, arn, region);
  yield* validateUnique("endpointRuntimeArns", "runtime", arns);
  const existing: unknown = settings.existingEndpoints;
  const isShared = isObject(existing) && "bedrock-agentcore" in existing;
  if (arns.length > 0 && (!settings.privateNetwork || isShared)) {
    yield "`endpointRuntimeArns` is set, but this stack makes no endpoint for bedrock-agentcore. Set it in the stack that makes the endpoint, or remove it.";
  }
}

function* validateVpcCidr(block: unknown, existing: boolean, privateNetwork: boolean): Generator<string> {
  if (block !== DEFAULTS.vpcCidrBlock && (existing || !privateNetwork)) {
    yield `\`vpcCidrBlock\` is ${formatValue(block)}, but this stack makes no VPC. Leave it out, or set \`privateNetwork\` to true without \`vpcId\`.`;
    return;
  }
  const range = typeof block === "string" ? parseCidr(block) : undefined;
  if (range?.version !== 4 || range.prefix < VPC_PREFIX_LENGTH.min || range.prefix > LONGEST_PREFIX) {
    yield `\`vpcCidrBlock\` is ${formatValue(block)}. Use an IPv4 range from a /${VPC_PREFIX_LENGTH.min} (the largest VPC) to a /${LONGEST_PREFIX} (${PRIVATE_SUBNETS} subnets of the smallest size, /${VPC_PREFIX_LENGTH.max}), such as ${DEFAULTS.vpcCidrBlock}.`;
  } else if (!range.isNetwork) {
    yield `\`vpcCidrBlock\` is ${formatValue(block)}, which is not how its range starts. Use ${cidrText(range)}.`;
  }
}

function* validateIds(key: string, value: unknown, prefix: string, what: string): Generator<string> {
  if (!isTextList(value)) {
    yield `\`${key}\` is ${formatValue(value)}. Use a list of ids, each like ${prefix}-0a1b2c3d4e5f60718.`;
    return;
  }
  for (const text of value) {
    if (!isUnknown(text) && !id(prefix).test(text)) {
      yield `\`${key}\` contains ${formatValue(text)}, which is not the id of ${what}. Use one like ${prefix}-0a1b2c3d4e5f60718.`;
    }
  }
  yield* validateUnique(key, "id", value);
}
