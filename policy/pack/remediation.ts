import type { ResourceValidationArgs } from "@pulumi/policy";
import type { Edit, Rule } from "../model/rule";
import { at, UNKNOWN } from "../model/value";
import { toResource } from "./run";
import { settingsOf } from "./settings";

/**
 * A rule's changes to a resource, or `undefined` where there is nothing to change. Writes through the SDK's proxies, so that
 * secrets stay secret and unknown values unknown.
 */
export function remediate(rule: Rule, args: ResourceValidationArgs): Record<string, unknown> | undefined {
  const form = rule.resource;
  if (!form?.remediate || !form.types.includes(args.type)) return undefined;
  const resource = toResource(args);
  const { props } = resource;
  // The SDK (1.21) writes an AssetArchive back without its assets: a function would lose its code.
  if (holdsAssetArchive(props)) return undefined;
  const { settings } = settingsOf(rule.settings, args.getConfig());
  const edits = form.remediate(resource, settings).filter(({ path }) => !passesUnknown(props, path));
  for (const edit of edits) apply(args.props, edit);
  return edits.length > 0 ? args.props : undefined;
}

function holdsAssetArchive(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (at(value, "__pulumiArchive") === true && at(value, "assets") !== undefined) return true;
  return Object.values(value).some(holdsAssetArchive);
}

function passesUnknown(props: unknown, path: Edit["path"]): boolean {
  return path.some((_, index) => at(props, ...path.slice(0, index + 1)) === UNKNOWN);
}

function apply(props: Record<string | number, unknown>, { path, value }: Edit): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    props[key] = value;
    return;
  }
  if (typeof props[key] !== "object" || props[key] === null) props[key] = {};
  apply(props[key] as Record<string | number, unknown>, { path: rest, value });
}
