import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../../contract/config/schema";
import type { Settings as PlainSettings } from "../../contract/config/settings";
import { checkSettings } from "../../contract/config/check";
import { isObject, unknownText } from "../../contract/config/validate/shape";
import type { CallersArg } from "../url/callers";
import { INVOKE_KEY, requireAliasKeys } from "./lockNames";

type Text = pulumi.Input<string>;
type Texts = pulumi.Input<pulumi.Input<string>[]>;

/**
 * The keys of a stack config. A value that decides neither which resources exist nor how they are called can be an Input: ARNs, ids, domain
 * names and issuers. Keys of maps, and lists as to how many entries they have, are plain.
 */
export interface FrontDoorArgs extends StackConfig<Text, Texts, CallersArg> {
  /**
   * Former keys of agents whose runtime is an Output, by their present key; `/invoke` is the key of the runtime behind it. A lock of such a
   * runtime is named after the key, because its ARN can be unknown: without the alias, the update that renames the key ends with the runtime
   * unlocked. A former ARN is an alias too, for a runtime that was a plain text before.
   * @default {} - no key was renamed
   */
  aliasKeys?: Record<string, string[]>;
}

/** The validated args with their defaults. */
export type Settings = PlainSettings<Text, Texts, CallersArg>;

/**
 * Adds the defaults and validates what is known, before any resource exists. The rest is validated when it is known, by `checkDeployment`.
 *
 * @throws RunError with one line for each invalid value
 */
export function requireSettings(args: FrontDoorArgs, region: string | undefined): Settings {
  const { config } = plainConfig(args);
  const settings = checkSettings(config, region, pulumi.RunError);
  const hasInvoke = settings.sampleAgent || settings.agentRuntimeArn !== "";
  const keys = [...(hasInvoke ? [INVOKE_KEY] : []), ...Object.keys(settings.agents)];
  requireAliasKeys(args.aliasKeys ?? {}, keys, settings.lockRuntime);
  // The stand-ins are gone: each key that was given is as it was given.
  return { ...settings, ...args } as Settings;
}

/** An Output or promise among the args, with the path that `pulumi config set --path` accepts. */
export interface LateValue {
  readonly path: string;
  readonly value: pulumi.Output<unknown>;
}

/** What can be an Input, as the path of a config value. */
const LATE = new RegExp(
  `^(?:${[
    "agentRuntimeArn",
    "agents\\.[^.]+\\.agentRuntimeArn",
    "callers(?:\\.[^.]+|\\[\\d+\\])",
    "(?:alarmTopicArns|breakGlassPrincipals|endpointRuntimeArns|subnetIds|apiVpcEndpointIds)\\[\\d+\\]",
    "subnetIds",
    "apiVpcEndpointIds",
    "logKmsKeyArn",
    "permissionsBoundaryArn",
    "webAclArn",
    "edgeWebAclArn",
    "vpcId",
    "existingEndpoints\\.[^.]+",
    "(?:domain|edgeDomain)\\.(?:name|certificateArn|hostedZoneId)",
    "domain\\.truststore(?:Uri|Version)",
    "cognito\\.userPoolArn",
    "jwt\\.(?:issuer|audience\\[\\d+\\]|jwksUri)",
    "customAuthorizer\\.functionArn",
    "hookFunctionArn",
    "hookStatements\\[\\d+\\]\\.resources\\[\\d+\\]",
  ].join("|")})$`,
);

/** Lists that can be Outputs as a whole. A private network has at least as many subnets. */
const LISTS: readonly string[] = ["subnetIds", "apiVpcEndpointIds"];
const UNKNOWN_LENGTH = 2;

/**
 * The args as a stack config: what is known, and a stand-in for each value that is not.
 *
 * @param known values of Outputs, by path
 * @throws RunError naming an Output that decides which resources exist
 */
export function plainConfig(
  args: FrontDoorArgs,
  known: ReadonlyMap<string, unknown> = new Map(),
): { config: StackConfig; late: readonly LateValue[] } {
  const late: LateValue[] = [];
  let number = 0;
  const plain = (path: string, value: unknown): unknown => {
    if (pulumi.Output.isInstance(value) || value instanceof Promise) {
      if (known.has(path)) return known.get(path);
      if (!LATE.test(path)) throw new pulumi.RunError(decidesResources(path));
      late.push({ path, value: pulumi.output(value) });
      return LISTS.includes(path)
        ? Array.from({ length: UNKNOWN_LENGTH }, () => unknownText(number++))
        : unknownText(number++);
    }
    if (Array.isArray(value)) return value.map((each, index) => plain(`${path}[${index}]`, each));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, plain(path === "" ? key : `${path}.${key}`, each)]),
    );
  };
  const keys = Object.entries(args).filter(([key]) => key !== "aliasKeys");
  return { config: plain("", Object.fromEntries(keys)) as StackConfig, late };
}

function decidesResources(path: string): string {
  return `\`${path}\` is an Output, but it decides which resources exist or how they are called. Use a plain value; in a map or list, only its entries can be Outputs.`;
}
