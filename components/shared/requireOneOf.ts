import * as pulumi from "@pulumi/pulumi";
import { formatValue } from "../../contract/config/validate/shape";

/**
 * Checks an arg that accepts one of several texts. Programs in other languages have no literal types that would check it.
 *
 * @throws RunError naming the component, the arg and the choices
 */
export function requireOneOf(name: string, arg: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) {
    throw new pulumi.RunError(
      `\`${arg}\` of ${name} is ${formatValue(value)}. Use ${choices.slice(0, -1).join(", ")} or ${choices.at(-1) ?? ""}.`,
    );
  }
}
