import * as pulumi from "@pulumi/pulumi";
import { shortHash } from "./shortHash";

/**
 * A name for an object that the provider does not name by itself, although its name must be unique in the account: logical name and stack, as
 * far as they fit, and a hash of project, stack and logical name. Two projects, stacks or components never share it, however long their names are.
 *
 * @param name the logical name
 * @param longest most characters that AWS accepts
 * @param separator what is between words and stands for every other sign; AWS must accept it with letters and digits
 */
export function accountName(name: string, longest: number, separator: "-" | "_" = "-"): string {
  const hash = shortHash(JSON.stringify([pulumi.getProject(), pulumi.getStack(), name]));
  const words = `${name}${separator}${pulumi.getStack()}`.replace(/[^A-Za-z0-9]+/g, separator);
  return `${words.slice(0, longest - hash.length - 1)}${separator}${hash}`;
}
