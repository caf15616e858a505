import * as pulumi from "@pulumi/pulumi";
import { validateCallers } from "../../contract/config/validate/doors";
import { unknownText } from "../../contract/config/validate/shape";

/**
 * Callers of a Function URL: a list of plain texts, or a map from a key of one's own to a text or Output. The permissions of a list are named
 * after hashes of its texts, those of a map after its keys.
 */
export type CallersArg = string[] | Record<string, pulumi.Input<string>>;

/** A principal that may call. */
export interface Caller {
  /** Key in the map; undefined in a list. */
  readonly key: string | undefined;
  /** ARN of a role or user, or an account id. */
  readonly principal: pulumi.Input<string>;
}

export function callersOf(arg: CallersArg): Caller[] {
  if (Array.isArray(arg)) return arg.map((principal) => ({ key: undefined, principal }));
  return Object.entries(arg).map(([key, principal]) => ({ key, principal }));
}

/** The callers that are plain texts. */
export function plainCallers(arg: CallersArg): string[] {
  return callersOf(arg).flatMap(({ principal }) => (typeof principal === "string" ? [principal] : []));
}

/**
 * Validates callers: what is plain at once, all of them as soon as they are known.
 *
 * @param name of the component
 * @throws RunError naming the arg and the remedy; for an Output in an `apply`
 */
export function requireCallers(name: string, arg: CallersArg): void {
  if (pulumi.Output.isInstance(arg) || arg instanceof Promise)
    throw new pulumi.RunError(
      `\`callers\` of ${name} is an Output. How many callers there are decides which permissions exist: use a map from a key of your own to an Output.`,
    );
  const check = (callers: unknown): void => {
    const errors = [...validateCallers(callers)];
    if (errors.length > 0) throw new pulumi.RunError(`${name}: ${errors.join(" ")}`);
  };
  let number = 0;
  const standIn = (each: pulumi.Input<string>) => (typeof each === "string" ? each : unknownText(number++));
  check(
    Array.isArray(arg)
      ? arg.map(standIn)
      : Object.fromEntries(Object.entries(arg).map(([key, each]) => [key, standIn(each)])),
  );
  if (number > 0) pulumi.output(arg).apply(check);
}
