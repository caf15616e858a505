import * as pulumi from "@pulumi/pulumi";
import type { RestDoorName } from "../../contract/wire/doors";
import { DOMAIN_BASE_PATHS } from "../../contract/config/keys/rest";
import type { Settings } from "./inputs";
import { AccountLogging } from "../rest/accountLogging";
import { ApiDomain } from "../rest/domain";
import { omitUndefined } from "../shared/omitUndefined";
import type { RestDoorArgs } from "../rest/args";
import type { NetworkArgs } from "../shared/args";
import { PrivateNetwork } from "../network/privateNetwork";

type SharedRestArgs = Pick<
  RestDoorArgs,
  "accountLogging" | "domain" | "methodThrottles" | "network" | "resourcePolicy" | "vpcEndpointIds"
>;

/** Creates what the REST doors of a stack share: account logging, domain, network. Returns a function that gives the args of each door. */
export function sharedRestArgs(
  name: string,
  settings: Settings,
  agentRuntimeArns: pulumi.Input<string>[],
  opts: { readonly parent: pulumi.Resource },
): (door: RestDoorName) => SharedRestArgs {
  const { methodThrottles, resourcePolicy } = settings;
  const accountLogging = settings.ownsAccountLogging
    ? new AccountLogging(`${name}-account-logging`, {}, opts).settingsId
    : undefined;
  const domain = createApiDomain(name, settings, opts);
  const network = settings.privateNetwork ? createPrivateNetwork(name, settings, agentRuntimeArns, opts) : undefined;
  return (door) => ({
    methodThrottles,
    resourcePolicy,
    ...omitUndefined({
      accountLogging,
      // Only the ids: if the component itself is passed, the recorded argument is a reference to the component.
      network: network && attachmentOf(network),
      // An earlier version put the only door of a domain at its root, and it stays there.
      domain: domain && { domainName: domain.domainName, basePath: DOMAIN_BASE_PATHS[door], keepsBasePath: true },
      vpcEndpointIds: settings.privateApi ? executeApiEndpointIds(settings, network) : undefined,
    }),
  });
}

function attachmentOf({ vpcId, subnetIds, securityGroupIds }: PrivateNetwork): NetworkArgs {
  return { vpcId, subnetIds, securityGroupIds };
}

function createApiDomain(
  name: string,
  { domain }: Settings,
  opts: pulumi.ComponentResourceOptions,
): ApiDomain | undefined {
  const { name: domainName, certificateArn, ...others } = domain;
  if (domainName === undefined || certificateArn === undefined) return undefined;
  return new ApiDomain(`${name}-domain`, { domainName, certificateArn, ...omitUndefined(others) }, opts);
}

function createPrivateNetwork(
  name: string,
  settings: Settings,
  agentRuntimeArns: pulumi.Input<string>[],
  opts: pulumi.ComponentResourceOptions,
): PrivateNetwork {
  const { runtimeAuth, runtimeUserId, vpcId, subnetIds, vpcCidrBlock, existingEndpoints, privateApi, tracing } =
    settings;
  return new PrivateNetwork(
    `${name}-network`,
    {
      agentRuntimeArns: [...agentRuntimeArns, ...settings.endpointRuntimeArns],
      runtimeAuth,
      // The role of another stack decides whether its calls contain one.
      runtimeUserId: runtimeUserId || settings.endpointRuntimeArns.length > 0,
      vpcId,
      subnetIds,
      vpcCidrBlock,
      existingEndpoints,
      executeApi: privateApi && isEmpty(settings.apiVpcEndpointIds),
      tracing,
    },
    opts,
  );
}

/** The endpoints of the config, or else the endpoint of the private network. Validation refuses a config that has neither. */
function executeApiEndpointIds(
  { apiVpcEndpointIds }: Settings,
  network: PrivateNetwork | undefined,
): pulumi.Input<string[]> | undefined {
  if (!isEmpty(apiVpcEndpointIds)) return pulumi.output(apiVpcEndpointIds);
  return network?.executeApiEndpointId?.apply((id) => [id]);
}

/** False for a list that is an Output: if there is one, it has entries. */
function isEmpty(list: pulumi.Input<readonly unknown[]>): boolean {
  return Array.isArray(list) && list.length === 0;
}
