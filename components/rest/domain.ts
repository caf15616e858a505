import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { DEFAULT_DOMAIN_SECURITY_POLICY } from "../../contract/config/keys/rest";
import { omitUndefined } from "../shared/omitUndefined";
import { aliasRecords } from "../shared/aliasRecords";
import type { DomainMappingArgs } from "./args";

export interface ApiDomainArgs {
  /** Domain name for callers, such as `agent.example.com`. */
  domainName: pulumi.Input<string>;
  /** ARN of an ACM certificate for the name, in the region of the stack. */
  certificateArn: pulumi.Input<string>;
  /**
   * Id of the Route 53 hosted zone in which the alias record is created. Plain as to whether it is set.
   * @default - no record
   */
  hostedZoneId?: pulumi.Input<string>;
  /**
   * Security policy: TLS versions and ciphers that the domain accepts. Plain: a policy named `SecurityPolicy_...` also needs an access mode.
   * @default "SecurityPolicy_TLS13_1_2_2021_06"
   */
  securityPolicy?: string;
  /**
   * For mutual TLS: `s3://` URI of the certificates of the authorities that clients' certificates are from, PEM. Plain as to whether it is set.
   * @default - clients need no certificate
   */
  truststoreUri?: pulumi.Input<string>;
  /**
   * Version of the truststore's object.
   * @default - the newest version at the time of the update
   */
  truststoreVersion?: pulumi.Input<string>;
}

/**
 * A regional custom domain for REST APIs. Each API creates its own base path mapping. The domain answers over IPv4, as the APIs' own addresses
 * do: over IPv6, callers would have addresses that lists of IPv4 ranges neither allow nor deny.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-ip-address-type.html
 */
export class ApiDomain extends pulumi.ComponentResource {
  /** The domain's name. A resource that uses this output is created after the domain. */
  public readonly domainName: pulumi.Output<string>;
  /** Target of the DNS record, for a domain without `hostedZoneId`. */
  public readonly targetDomainName: pulumi.Output<string>;

  constructor(name: string, args: ApiDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:ApiDomain", name, args, legalNames(opts));
    const parent = { parent: this };
    const { hostedZoneId, truststoreUri, securityPolicy = DEFAULT_DOMAIN_SECURITY_POLICY } = args;

    const domain = new aws.apigateway.DomainName(
      name,
      {
        domainName: args.domainName,
        regionalCertificateArn: args.certificateArn,
        endpointConfiguration: { types: "REGIONAL", ipAddressType: "ipv4" },
        securityPolicy,
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
        ...(truststoreUri !== undefined && {
          mutualTlsAuthentication: { truststoreUri, ...omitUndefined({ truststoreVersion: args.truststoreVersion }) },
        }),
        // Not STRICT: it also requires the endpoint type of the API, and leaving it makes the API unavailable for about 15 minutes.
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
        ...(securityPolicy.startsWith("SecurityPolicy_") && { endpointAccessMode: "BASIC" }),
      },
      parent,
    );

    const target = { name: domain.regionalDomainName, zoneId: domain.regionalZoneId };
    aliasRecords(name, { domain: domain.domainName, hostedZoneId, target, ipv6: false }, parent);

    this.domainName = domain.domainName;
    this.targetDomainName = domain.regionalDomainName;
    this.registerOutputs({ domainName: this.domainName, targetDomainName: this.targetDomainName });
  }
}

/** Maps a domain to a stage. @returns the base URL, without a trailing slash */
export function domainUrl(
  name: string,
  { domainName, basePath = "", keepsBasePath = false }: DomainMappingArgs,
  stage: { restApi: pulumi.Input<string>; stageName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const mapping = new aws.apigateway.BasePathMapping(
    `${name}-mapping`,
    { domainName, ...stage, ...(basePath !== "" && { basePath }) },
    keepsBasePath ? { ...opts, ignoreChanges: ["basePath"] } : opts,
  );
  const path = keepsBasePath ? mapping.id.apply(basePathOf) : basePath;
  return pulumi
    .all([mapping.domainName, path])
    .apply((parts) => `https://${parts.filter((part) => part !== "").join("/")}`);
}

/**
 * The base path of a mapping, from its id: `DOMAIN/PATH`, with an empty path for the root of the domain.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/base_path_mapping.go
 */
function basePathOf(id: string): string {
  return id.split("/")[1] ?? "";
}
