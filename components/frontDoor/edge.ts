import type * as pulumi from "@pulumi/pulumi";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import type { Settings } from "../../contract/config/settings";
import { omitUndefined } from "../shared/omitUndefined";
import { EdgeDistribution, type EdgeDomainArgs } from "../edge/distribution";
import { EdgeSigner } from "../edge/signer";
import { logsOf } from "../shared/logs";
import type { StreamingUrl } from "../url/streamingUrl";
import { WebAcl, type WebAclArgs } from "../firewall/webAcl";

/** What the web ACLs of a stack have in common. */
export function wafArgs(settings: Settings): WebAclArgs {
  const { rateLimitPerFiveMinutes } = settings;
  const { wafAllowIps: allowIps, wafBlockIps: blockIps, wafLogging: logging } = settings;
  const [corsOrigin] = settings.corsOrigins;
  return {
    rateLimitPerFiveMinutes,
    allowIps,
    blockIps,
    logging,
    ...logsOf(settings),
    ...(corsOrigin !== undefined && { corsOrigin }),
  };
}

export interface Edge {
  readonly distribution: EdgeDistribution;
  readonly webAcl: WebAcl;
}

/** What stands in front of a Function URL for the public. The edge sees its callers' own addresses, so it counts by them. */
export function edgeOf(
  name: string,
  settings: Settings,
  door: StreamingUrl,
  opts: pulumi.ComponentResourceOptions,
): Edge {
  const { logKmsKeyArn, ...waf } = wafArgs(settings);
  // A key encrypts logs of its own region only.
  const key =
    settings.logKmsKeyArn.includes(`:kms:${CLOUDFRONT_REGION}:`) && logKmsKeyArn !== undefined ? { logKmsKeyArn } : {};
  const webAcl = new WebAcl(`${name}-edge-web-acl`, { ...waf, ...key, scope: "CLOUDFRONT" }, opts);
  const signer = settings.edgeSigner ? new EdgeSigner(`${name}-edge-signer`, {}, opts) : undefined;
  const distribution = new EdgeDistribution(
    `${name}-edge`,
    {
      functionUrl: door.url,
      functionName: door.functionName,
      webAclArn: webAcl.arn,
      readTimeoutSeconds: settings.edgeReadTimeoutSeconds,
      ...omitUndefined({
        functionAlias: door.alias,
        domain: domainArgs(settings),
        bodySignerArn: signer?.qualifiedArn,
      }),
    },
    opts,
  );
  return { distribution, webAcl };
}

function domainArgs({ edgeDomain }: Settings): EdgeDomainArgs | undefined {
  const { name, certificateArn, hostedZoneId } = edgeDomain;
  if (name === undefined || certificateArn === undefined) return undefined;
  return { name, certificateArn, ...omitUndefined({ hostedZoneId }) };
}
