import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./policies";
import { RULES } from "./rules";

new PolicyPack("agentcore-front-door", { policies: RULES.flatMap(policiesOf) });
