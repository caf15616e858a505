import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_DOMAIN_SECURITY_POLICY } from "../../contract/config/rest";
import { aliasRecords } from "../shared/aliasRecords";

export interface ApiDomainArgs {
  /** Host name that callers use, such as `agent.example.com`. */
  domainName: pulumi.Input<string>;
  /** ARN of an ACM certificate for the name, in the region of the stack. */
  certificateArn: pulumi.Input<string>;
  /**
   * Route 53 hosted zone that gets the alias records, for IPv4 and IPv6. Plain: it decides whether they exist.
   * @default - no record
   */
  hostedZoneId?: string;
  /**
   * TLS versions and ciphers that the domain takes. Plain: those of the newer kind want an access mode beside them.
   * @default "SecurityPolicy_TLS13_1_2_2021_06"
   */
  securityPolicy?: string;
}

/** A regional custom domain for REST APIs; each API maps itself to it. */
export class ApiDomain extends pulumi.ComponentResource {
  /** The name, once the domain exists. */
  public readonly domainName: pulumi.Output<string>;
  /** Where a DNS record of the name has to point, if this component makes none. */
  public readonly targetDomainName: pulumi.Output<string>;

  constructor(name: string, args: ApiDomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:ApiDomain", name, args, opts);
    const parent = { parent: this };
    const { hostedZoneId, securityPolicy = DEFAULT_DOMAIN_SECURITY_POLICY } = args;

    const domain = new aws.apigateway.DomainName(
      name,
      {
        domainName: args.domainName,
        regionalCertificateArn: args.certificateArn,
        endpointConfiguration: { types: "REGIONAL" },
        securityPolicy,
        // STRICT also ties the API to its endpoint type and costs about 15 minutes of unavailability to leave.
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
        ...(securityPolicy.startsWith("SecurityPolicy_") && { endpointAccessMode: "BASIC" }),
      },
      parent,
    );

    const target = { name: domain.regionalDomainName, zoneId: domain.regionalZoneId };
    aliasRecords(name, { domain: domain.domainName, hostedZoneId, target }, parent);

    this.domainName = domain.domainName;
    this.targetDomainName = domain.regionalDomainName;
    this.registerOutputs({ domainName: this.domainName, targetDomainName: this.targetDomainName });
  }
}
