import type { Rule } from "../../model/rule";
import { ignoreChanges } from "./ignoreChanges";
import { ingress } from "./ingress";
import { protect } from "./protect";

export const STACK_RULES: readonly Rule[] = [ignoreChanges, ingress, protect];
