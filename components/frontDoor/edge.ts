import * as pulumi from "@pulumi/pulumi";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import type { Settings } from "./inputs";
import { omitUndefined } from "../shared/omitUndefined";
import { EdgeDistribution, type EdgeDomainArgs } from "../edge/distribution";
import { EdgeSigner } from "../edge/signer";
import { logArgs } from "../shared/logs";
import type { StreamingUrl } from "../url/streamingUrl";
import { WebAcl, type WebAclArgs } from "../firewall/webAcl";

/** The args that all web ACLs of a stack share. */
export function wafArgs(settings: Settings): WebAclArgs {
  const { rateLimitPerFiveMinutes, maxBodyBytes } = settings;
  const { wafAllowIps: allowIps, wafBlockIps: blockIps, wafLogging: logging } = settings;
  const [corsOrigin] = settings.corsOrigins;
  return {
    rateLimitPerFiveMinutes,
    maxBodyBytes,
    allowIps,
    blockIps,
    logging,
    ...logArgs(settings),
    ...(corsOrigin !== undefined && { corsOrigin }),
  };
}

export interface Edge {
  readonly distribution: EdgeDistribution;
  /** Undefined if the config names one. */
  readonly webAcl: WebAcl | undefined;
}

/** Creates the public edge of a Function URL. The edge sees the address of each caller, so its rate rule counts by `ip`. */
export function createEdge(
  name: string,
  settings: Settings,
  door: StreamingUrl,
  opts: pulumi.ComponentResourceOptions,
): Edge {
  const { logKmsKeyArn, ...waf } = wafArgs(settings);
  // A KMS key encrypts only logs of its own region.
  const key = edgeLogKey(logKmsKeyArn);
  const webAcl =
    settings.edgeWebAclArn === ""
      ? new WebAcl(`${name}-edge-web-acl`, { ...waf, ...key, scope: "CLOUDFRONT" }, opts)
      : undefined;
  const signer = settings.edgeSigner ? new EdgeSigner(`${name}-edge-signer`, {}, opts) : undefined;
  const distribution = new EdgeDistribution(
    `${name}-edge`,
    {
      functionUrl: door.url,
      functionName: door.functionName,
      webAclArn: webAcl?.arn ?? settings.edgeWebAclArn,
      readTimeoutSeconds: settings.edgeReadTimeoutSeconds,
      accessLog: settings.edgeAccessLog,
      logRetentionInDays: settings.logRetentionInDays,
      ...key,
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

function edgeLogKey(arn: pulumi.Input<string> | undefined): Pick<WebAclArgs, "logKmsKeyArn"> {
  const isOfEdge = (text: string) => text.includes(`:kms:${CLOUDFRONT_REGION}:`);
  if (arn === undefined || (typeof arn === "string" && !isOfEdge(arn))) return {};
  if (typeof arn === "string") return { logKmsKeyArn: arn };
  // The provider's types have no input that may turn out to be absent.
  const found = pulumi.output(arn).apply((text) => (isOfEdge(text) ? text : undefined));
  return { logKmsKeyArn: found as pulumi.Output<string> };
}

function domainArgs({ edgeDomain }: Settings): EdgeDomainArgs | undefined {
  const { name, certificateArn, hostedZoneId } = edgeDomain;
  if (name === undefined || certificateArn === undefined) return undefined;
  return { name, certificateArn, ...omitUndefined({ hostedZoneId }) };
}
