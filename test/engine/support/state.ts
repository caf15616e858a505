import type { Deployment } from "@pulumi/pulumi/automation";
import type { Thing, Values } from "../provider/kind";

/** A resource in a state. https://www.pulumi.com/docs/iac/concepts/state-and-backends/ */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
}

/** What marks a secret, or an asset. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The objects of AWS that a state describes; its secrets must be plain text. */
export function thingsOf({ deployment }: Deployment): readonly Thing[] {
  const { resources = [] } = deployment as { resources?: readonly StateResource[] };
  return resources.flatMap(({ urn, type, custom, id = "", inputs = {}, outputs = {} }) =>
    custom && type.startsWith("aws:")
      ? [{ urn, type, id, inputs: opened(inputs) as Values, outputs: opened(outputs) as Values }]
      : [],
  );
}

/** The outputs of the stack that a state is of. */
export function outputsOf({ deployment }: Deployment): Values {
  const { resources = [] } = deployment as { resources?: readonly StateResource[] };
  return opened(resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {}) as Values;
}

/**
 * A state that can be kept in a file: without the texts of assets, whose hashes are compared (the SDK accepts no empty text), and without what its backend encrypted secrets
 * with: the backend that it is restored in has its own.
 */
export function trimmed(state: Deployment): Deployment {
  const text = JSON.stringify(state, (key, value: unknown) => {
    if (key === "secrets_providers") return undefined;
    return isMarked(value) && typeof value["hash"] === "string" && "text" in value
      ? { ...value, text: "trimmed" }
      : value;
  });
  return JSON.parse(text) as Deployment;
}

function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  if (isMarked(value) && typeof value["plaintext"] === "string") return opened(JSON.parse(value["plaintext"]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]));
}

function isMarked(value: unknown): value is Values {
  return typeof value === "object" && value !== null && SIGNATURE in value;
}
