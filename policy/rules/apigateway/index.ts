import type { Rule } from "../../model/rule";
import { stageWebAcl } from "./stageWebAcl";

export const API_GATEWAY_RULES: readonly Rule[] = [stageWebAcl];
