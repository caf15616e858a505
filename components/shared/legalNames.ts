import * as pulumi from "@pulumi/pulumi";
import { AUTONAME_SUFFIX, NAME_RULES } from "../../contract/aws/names";
import { shortHash } from "./shortHash";

/**
 * Options of a component whose resources get names that AWS accepts, however long the component's own name is. A name that the provider can
 * make is left to it: such resources exist, and another name would replace them.
 */
export function legalNames(opts: pulumi.ComponentResourceOptions = {}): pulumi.ComponentResourceOptions {
  return { ...opts, transformations: [...(opts.transformations ?? []), named] };
}

/**
 * A name of at most `longest` characters, all of them letters, digits, hyphens and underscores: as it is, or its beginning and a hash of all
 * of it with project and stack, so that two stacks of an account do not clash.
 */
export function cutName(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const hash = shortHash(JSON.stringify([pulumi.getProject(), pulumi.getStack(), name]));
  return `${name.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, longest - hash.length - 1)}-${hash}`;
}

const named: pulumi.ResourceTransformation = ({ type, name, props: given, opts }) => {
  const props = given as Readonly<Record<string, unknown>>;
  const { property = "", longest = Infinity, lowerCase = false } = NAME_RULES[type] ?? {};
  if (name.length + AUTONAME_SUFFIX <= longest || props[property] !== undefined) return undefined;
  if (props[`${property}Prefix`] !== undefined) return undefined;
  const cut = cutName(name, longest - AUTONAME_SUFFIX);
  return { props: { ...props, [property]: lowerCase ? cut.toLowerCase().replaceAll("_", "-") : cut }, opts };
};
