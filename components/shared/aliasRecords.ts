import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A custom domain and the AWS resource that it points to. */
interface Alias {
  readonly domain: pulumi.Input<string>;
  /** Id of the domain's Route 53 hosted zone; without it, no records are created. */
  readonly hostedZoneId: pulumi.Input<string> | undefined;
  /** Domain name that AWS gave the resource, and the id of the hosted zone of that name. */
  readonly target: { readonly name: pulumi.Input<string>; readonly zoneId: pulumi.Input<string> };
  /** Whether the target also has IPv6 addresses: an AAAA record of a target without them resolves to nothing. */
  readonly ipv6: boolean;
}

/** Creates the Route 53 alias records of a domain: A, and AAAA if the target has IPv6 addresses. */
export function aliasRecords(
  name: string,
  { domain, hostedZoneId: zoneId, target, ipv6 }: Alias,
  opts: pulumi.CustomResourceOptions,
): void {
  if (zoneId === undefined) return;
  const aliases = [{ ...target, evaluateTargetHealth: false }];
  for (const type of ipv6 ? ["A", "AAAA"] : ["A"]) {
    new aws.route53.Record(`${name}-${type.toLowerCase()}`, { zoneId, name: domain, type, aliases }, opts);
  }
}
