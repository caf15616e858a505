import type { Rule } from "../../model/rule";
import { accounts } from "./accounts";
import { ignoreChanges } from "./ignoreChanges";
import { ingress } from "./ingress";
import { oneOwner } from "./oneOwner";
import { protect } from "./protect";

export const STACK_RULES: readonly Rule[] = [accounts, ignoreChanges, ingress, oneOwner, protect];
