import type * as pulumi from "@pulumi/pulumi";
import { isRestDoor, type RestDoorName } from "../../contract/wire/doors";
import { DOMAIN_BASE_PATHS } from "../../contract/config/rest";
import type { Settings } from "../../contract/config/settings";
import { AccountLogging } from "../rest/accountLogging";
import { ApiDomain } from "../rest/domain";
import { omitUndefined } from "../shared/omitUndefined";
import type { RestDoorArgs } from "../rest/args";
import { PrivateNetwork } from "../network/privateNetwork";

type Perimeter = Pick<
  RestDoorArgs,
  "accountLogging" | "domain" | "methodThrottles" | "network" | "resourcePolicy" | "vpcEndpointIds"
>;

/** What the REST doors of a stack share: account logging, domain, network. Gives the part of each door. */
export function restPerimeter(
  name: string,
  settings: Settings,
  agentRuntimeArns: pulumi.Input<string>[],
  opts: { readonly parent: pulumi.Resource },
): (door: RestDoorName) => Perimeter {
  const { methodThrottles, resourcePolicy } = settings;
  const accountLogging = settings.ownsAccountLogging
    ? new AccountLogging(`${name}-account-logging`, {}, opts).settingsId
    : undefined;
  const domain = apiDomain(name, settings, opts);
  const network = settings.privateNetwork ? privateNetwork(name, settings, agentRuntimeArns, opts) : undefined;
  const shared = settings.doors.filter(isRestDoor).length > 1;
  return (door) => ({
    methodThrottles,
    resourcePolicy,
    ...omitUndefined({
      accountLogging,
      // Not the component: an argument would then be a reference to it.
      network: network && { subnetIds: network.subnetIds, securityGroupIds: network.securityGroupIds },
      domain: domain && { domainName: domain.domainName, basePath: shared ? DOMAIN_BASE_PATHS[door] : "" },
      vpcEndpointIds: settings.privateApi ? apiEndpoints(settings, network) : undefined,
    }),
  });
}

function apiDomain(name: string, { domain }: Settings, opts: pulumi.ComponentResourceOptions): ApiDomain | undefined {
  const { name: domainName, certificateArn, hostedZoneId, securityPolicy } = domain;
  if (domainName === undefined || certificateArn === undefined) return undefined;
  return new ApiDomain(
    `${name}-domain`,
    { domainName, certificateArn, ...omitUndefined({ hostedZoneId, securityPolicy }) },
    opts,
  );
}

function privateNetwork(
  name: string,
  settings: Settings,
  agentRuntimeArns: pulumi.Input<string>[],
  opts: pulumi.ComponentResourceOptions,
): PrivateNetwork {
  const { runtimeAuth, vpcId, subnetIds, vpcCidrBlock, privateApi, tracing } = settings;
  return new PrivateNetwork(
    `${name}-network`,
    {
      agentRuntimeArns,
      runtimeAuth,
      vpcId,
      subnetIds,
      vpcCidrBlock,
      executeApi: privateApi && settings.apiVpcEndpointIds.length === 0,
      tracing,
    },
    opts,
  );
}

/** The endpoints that the config names, or the network's own: without both, the config was refused. */
function apiEndpoints(
  { apiVpcEndpointIds }: Settings,
  network: PrivateNetwork | undefined,
): pulumi.Input<string[]> | undefined {
  if (apiVpcEndpointIds.length > 0) return apiVpcEndpointIds;
  return network?.executeApiEndpointId?.apply((id) => [id]);
}
