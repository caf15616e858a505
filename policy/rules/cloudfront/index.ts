import type { Rule } from "../../model/rule";
import { functionUrlOrigin } from "./functionUrlOrigin";
import { originAccessControl } from "./originAccessControl";
import { webAcl } from "./webAcl";

export const CLOUDFRONT_RULES: readonly Rule[] = [webAcl, originAccessControl, functionUrlOrigin];
