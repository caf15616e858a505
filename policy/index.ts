import { PolicyPack } from "@pulumi/policy";
import { name } from "./pack/identity";
import { packOf } from "./pack/pack";
import { RULES } from "./rules";

new PolicyPack(name, { policies: packOf(RULES) });
