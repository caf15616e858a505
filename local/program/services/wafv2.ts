import { TYPES } from "../graph";
import { autoName, idOnly, regionOf, type Creation, type Service } from "./creation";

const named = (kind: string) => (made: Creation) => {
  const name = autoName(made);
  const scope = made.inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
  const arn = `arn:aws:wafv2:${regionOf(made)}:${made.accountId}:${scope}/${kind}/${name}/${made.suffix}`;
  return { id: made.suffix, name, arn };
};

export const WAFV2: Service = {
  [TYPES.webAcl]: named("webacl"),
  [TYPES.ipSet]: named("ipset"),
  [TYPES.webAclAssociation]: idOnly,
  [TYPES.webAclLoggingConfiguration]: ({ inputs }) => ({ id: String(inputs["resourceArn"]) }),
};
