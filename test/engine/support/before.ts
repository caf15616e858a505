import * as pulumi from "@pulumi/pulumi";
import { TYPES } from "../../../local/program/graph";
import type { EngineStack } from "./stack";
import { program } from "./stack";

/** Inputs of today that an earlier version left out and that no update of a resource may bring. */
const ABSENT: Readonly<Record<string, string>> = {
  // Without provisioned concurrency, URL and permissions were on the function itself, and no version was published.
  [TYPES.functionUrl]: "qualifier",
  [TYPES.function]: "publish",
  // The only door of a domain had its root.
  [TYPES.basePathMapping]: "basePath",
};

/** This project's program, as an earlier version made the resources of a stack with one door and nothing provisioned. */
export function programBefore(): unknown {
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    const absent = ABSENT[type];
    return absent === undefined ? undefined : { props: { ...props, [absent]: undefined }, opts };
  });
  return program();
}

/** Takes the aliases away, which that version did not make: of state and account. */
export function withoutAliases(stack: EngineStack): void {
  for (const { type, urn, id, inputs } of stack.cloud.all(TYPES.alias)) stack.cloud.delete(type, urn, id, inputs);
  stack.forget((type) => type === TYPES.alias || type.endsWith(":LiveAlias"));
}
