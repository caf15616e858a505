import { TYPES } from "../../../../local/program/graph";
import { regionOf, text, type Kind, type Kinds, type Making, type Thing } from "../kind";
import { NAME } from "./names";

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

const arnOf = ({ outputs }: Thing) => text(outputs, "arn");

/** AWS keeps an object as long as one of these types names it. */
function whileUsed(
  types: readonly string[],
  nameOf: (thing: Thing) => string,
  code: string,
): NonNullable<Kind["keep"]> {
  return (thing, account) => {
    const isUsed = types.some((type) =>
      account.all(type).some(({ inputs }) => JSON.stringify(inputs).includes(JSON.stringify(nameOf(thing)))),
    );
    if (isUsed && account.behaves("inUse")) throw new Error(`${code}: ${thing.type} ${thing.id} is being used`);
  };
}

// Which properties replace: terraform-provider-aws, internal/service/{cloudfront,wafv2,route53} (believed).
export const EDGE: Kinds = {
  [TYPES.distribution]: {
    make: (making) => ({
      ...cloudFront(making, "distribution"),
      domainName: `d${making.random(13)}.cloudfront.net`,
      // The same for every distribution. https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html (believed)
      hostedZoneId: "Z2FDTNDATAQYW2",
      status: "Deployed",
    }),
  },
  [TYPES.originAccessControl]: {
    named: NAME,
    make: (making) => cloudFront(making, "origin-access-control"),
    unique: ({ inputs }) => text(inputs, "name"),
    keep: whileUsed([TYPES.distribution], ({ id }) => id, "OriginAccessControlInUse"),
  },
  [TYPES.responseHeadersPolicy]: {
    named: NAME,
    make: (making) => cloudFront(making, "response-headers-policy"),
    unique: ({ inputs }) => text(inputs, "name"),
    keep: whileUsed([TYPES.distribution], ({ id }) => id, "ResponseHeadersPolicyInUse"),
  },
  [TYPES.webAcl]: {
    named: NAME,
    replaces: ["name", "scope"],
    make: firewall("webacl"),
    unique: ({ inputs }) => `${text(inputs, "scope")} ${text(inputs, "name")}`,
    keep: whileUsed([TYPES.webAclAssociation, TYPES.distribution], arnOf, "WAFAssociatedItemException"),
  },
  [TYPES.ipSet]: {
    named: NAME,
    replaces: ["name", "scope", "ipAddressVersion"],
    make: firewall("ipset"),
    unique: ({ inputs }) => `${text(inputs, "scope")} ${text(inputs, "name")}`,
    keep: whileUsed([TYPES.webAcl], arnOf, "WAFAssociatedItemException"),
  },
  [TYPES.webAclAssociation]: {
    replaces: ["resourceArn", "webAclArn"],
    make: ({ inputs }) => ({ id: `${text(inputs, "webAclArn")},${text(inputs, "resourceArn")}` }),
    // A resource has one web ACL: a new association takes the place of the old one, and a delete ends whichever there is.
    // https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html (seen)
    unique: ({ inputs }) => text(inputs, "resourceArn"),
    puts: true,
  },
  [TYPES.webAclLoggingConfiguration]: {
    replaces: ["resourceArn"],
    make: ({ inputs }) => ({ id: text(inputs, "resourceArn") }),
    puts: true,
  },
  [TYPES.record]: {
    replaces: ["name", "zoneId"],
    make: ({ inputs }) => ({
      id: `${text(inputs, "zoneId")}_${text(inputs, "name")}_${text(inputs, "type")}`,
      fqdn: text(inputs, "name"),
    }),
  },
};
