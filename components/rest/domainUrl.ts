import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DomainMappingArgs } from "./args";

/** Maps a domain to a stage. @returns the base URL, without a trailing slash */
export function domainUrl(
  name: string,
  { domainName, basePath = "", keepsBasePath = false }: DomainMappingArgs,
  stage: { restApi: pulumi.Input<string>; stageName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const mapping = new aws.apigateway.BasePathMapping(
    `${name}-mapping`,
    { domainName, ...stage, ...(basePath !== "" && { basePath }) },
    keepsBasePath ? { ...opts, ignoreChanges: ["basePath"] } : opts,
  );
  const path = keepsBasePath ? mapping.id.apply(basePathOf) : basePath;
  return pulumi
    .all([mapping.domainName, path])
    .apply((parts) => `https://${parts.filter((part) => part !== "").join("/")}`);
}

/**
 * The base path of a mapping, from its id: `DOMAIN/PATH`, with an empty path for the root of the domain.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/base_path_mapping.go
 */
function basePathOf(id: string): string {
  return id.split("/")[1] ?? "";
}
