/** What a pack of one's own is made of: `new PolicyPack("mine", { policies: [...packOf(RULES), ...own] })`. */
export type { Finding, Rule, ResourceForm, StackForm } from "./model/rule";
export type { PolicyGraph, Resource, StackResource } from "./model/graph";
export { defineRule } from "./model/rule";
export { packOf } from "./pack/pack";
export { RULES } from "./rules";
