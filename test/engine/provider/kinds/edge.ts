import { TYPES } from "../../../../local/program/graph";
import { regionOf, text, type Kinds, type Making } from "../kind";
import { NAME, SHORT_NAME } from "./names";

const cloudFront = (making: Making, kind: string) => {
  const id = `E${making.random(13).toUpperCase()}`;
  return {
    id,
    etag: `E${making.random(13).toUpperCase()}`,
    arn: `arn:${making.partition}:cloudfront::${making.accountId}:${kind}/${id}`,
  };
};

const firewall = (kind: string) => (making: Making) => {
  const id = making.random(36);
  const scope = making.inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
  const name = text(making.inputs, "name");
  return {
    id,
    lockToken: making.random(36),
    arn: `arn:${making.partition}:wafv2:${regionOf(making)}:${making.accountId}:${scope}/${kind}/${name}/${id}`,
  };
};

// Which properties replace: terraform-provider-aws, internal/service/{cloudfront,wafv2,route53} (believed).
export const EDGE: Kinds = {
  [TYPES.distribution]: {
    required: ["origins", "defaultCacheBehavior", "restrictions", "viewerCertificate", "enabled"],
    make: (making) => ({
      ...cloudFront(making, "distribution"),
      domainName: `d${making.random(13)}.cloudfront.net`,
      // The same for every distribution. https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html (believed)
      hostedZoneId: "Z2FDTNDATAQYW2",
      status: "Deployed",
    }),
  },
  [TYPES.originAccessControl]: {
    named: SHORT_NAME,
    required: ["originAccessControlOriginType", "signingBehavior", "signingProtocol"],
    make: (making) => cloudFront(making, "origin-access-control"),
    unique: ({ inputs }) => text(inputs, "name"),
  },
  [TYPES.responseHeadersPolicy]: {
    named: NAME,
    make: (making) => cloudFront(making, "response-headers-policy"),
    unique: ({ inputs }) => text(inputs, "name"),
  },
  [TYPES.webAcl]: {
    named: NAME,
    required: ["defaultAction", "scope", "visibilityConfig"],
    replaces: ["name", "scope"],
    make: firewall("webacl"),
    unique: ({ inputs }) => `${text(inputs, "scope")} ${text(inputs, "name")}`,
  },
  [TYPES.ipSet]: {
    named: NAME,
    required: ["ipAddressVersion", "scope"],
    replaces: ["name", "scope", "ipAddressVersion"],
    make: firewall("ipset"),
    unique: ({ inputs }) => `${text(inputs, "scope")} ${text(inputs, "name")}`,
  },
  [TYPES.webAclAssociation]: {
    required: ["resourceArn", "webAclArn"],
    replaces: ["resourceArn", "webAclArn"],
    make: ({ inputs }) => ({ id: `${text(inputs, "webAclArn")},${text(inputs, "resourceArn")}` }),
    puts: true,
  },
  [TYPES.webAclLoggingConfiguration]: {
    required: ["logDestinationConfigs", "resourceArn"],
    replaces: ["resourceArn"],
    make: ({ inputs }) => ({ id: text(inputs, "resourceArn") }),
    puts: true,
  },
  [TYPES.record]: {
    required: ["name", "type", "zoneId"],
    replaces: ["name", "zoneId"],
    make: ({ inputs }) => ({
      id: `${text(inputs, "zoneId")}_${text(inputs, "name")}_${text(inputs, "type")}`,
      fqdn: text(inputs, "name"),
    }),
  },
};
