import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./inputs";

const ROLE = "aws:iam/role:Role";

/** Options of a component, all of whose roles, also those of its children, have the settings' permissions boundary and path. */
export function withRoles(
  opts: pulumi.ComponentResourceOptions,
  { permissionsBoundaryArn, rolePath }: Settings,
): pulumi.ComponentResourceOptions {
  const added = {
    ...(permissionsBoundaryArn !== "" && { permissionsBoundary: permissionsBoundaryArn }),
    ...(rolePath !== "/" && { path: rolePath }),
  };
  if (Object.keys(added).length === 0) return opts;
  const transformation: pulumi.ResourceTransformation = ({ type, props, opts: own }) =>
    type === ROLE ? { props: { ...(props as object), ...added }, opts: own } : undefined;
  return { ...opts, transformations: [...(opts.transformations ?? []), transformation] };
}
