import { PolicyPack } from "@pulumi/policy";
import { packOf } from "./pack/pack";
import { RULES } from "./rules";

new PolicyPack("agentcore-front-door", { policies: packOf(RULES) });
