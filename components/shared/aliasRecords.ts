import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A domain of one's own, and where it is to lead. */
interface Alias {
  readonly domain: pulumi.Input<string>;
  /** Hosted zone of Route 53 that the domain is in; without one there are no records. */
  readonly hostedZoneId: string | undefined;
  /** An AWS resource's own domain, and the hosted zone that AWS has it in. */
  readonly target: { readonly name: pulumi.Input<string>; readonly zoneId: pulumi.Input<string> };
}

/** The records of a domain in Route 53, for IPv4 and for IPv6. */
export function aliasRecords(
  name: string,
  { domain, hostedZoneId: zoneId, target }: Alias,
  opts: pulumi.CustomResourceOptions,
): void {
  if (zoneId === undefined) return;
  const aliases = [{ ...target, evaluateTargetHealth: false }];
  for (const type of ["A", "AAAA"] as const) {
    new aws.route53.Record(`${name}-${type.toLowerCase()}`, { zoneId, name: domain, type, aliases }, opts);
  }
}
