import { TYPES } from "../graph";
import { autoName, idOnly, type Service } from "./creation";

export const WAFV2: Service = {
  [TYPES.webAcl]: (made) => {
    const name = autoName(made);
    const scope = made.inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
    return {
      id: made.suffix,
      name,
      arn: `arn:aws:wafv2:${made.region}:${made.accountId}:${scope}/webacl/${name}/${made.suffix}`,
    };
  },
  [TYPES.webAclAssociation]: idOnly,
};
