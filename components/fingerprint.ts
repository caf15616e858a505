import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Changes whenever a property of anything that is served does; without it a stage keeps its old snapshot. */
export function fingerprint(served: readonly pulumi.CustomResource[]): pulumi.Output<string> {
  return pulumi.jsonStringify(served.map(properties)).apply((text) => createHash("sha256").update(text).digest("hex"));
}

function properties(resource: pulumi.CustomResource): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resource).filter(([name, value]) => name !== "urn" && pulumi.Output.isInstance(value)),
  );
}
