import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { INVOKE_MODEL } from "../../../contract/wire/request";
import { REST_PATHS } from "../../../contract/wire/routes";
import { preflight, type Cors } from "./preflight";
import type { Snapshot } from "../snapshot";

export interface RestRoutes {
  readonly api: aws.apigateway.RestApi;
  /** How callers authenticate, the same for every route. */
  readonly authorization: Pick<
    aws.apigateway.MethodArgs,
    "authorization" | "apiKeyRequired" | "authorizerId" | "authorizationScopes"
  >;
  /** The integration of every route. */
  readonly integration: Pick<aws.apigateway.IntegrationArgs, "uri" | "responseTransferMode" | "timeoutMilliseconds">;
  readonly cors: Cors;
}

/** Creates the methods, integrations and preflights of every path, and the model that validates the body of `POST`. */
export function restRoutes(
  name: string,
  { api, authorization, integration, cors }: RestRoutes,
  snapshot: Snapshot,
  opts: pulumi.CustomResourceOptions,
): void {
  const restApi = api.id;
  const model = snapshot.add(
    aws.apigateway.Model,
    `${name}-model`,
    { restApi, name: "InvokeRequest", contentType: "application/json", schema: JSON.stringify(INVOKE_MODEL) },
    opts,
  );
  const validator = snapshot.add(
    aws.apigateway.RequestValidator,
    `${name}-validator`,
    { restApi, name: "body", validateRequestBody: true },
    opts,
  );
  const body = { requestValidatorId: validator.id, requestModels: { "application/json": model.name } };

  const resourceId = pathResources(name, api, opts);
  for (const { path, methods, forPages } of REST_PATHS) {
    const key = keyOf(path) || "root";
    const location = { restApi, resourceId: resourceId(path) };
    for (const httpMethod of methods) {
      const route = `${name}-${key}-${httpMethod.toLowerCase()}`;
      const method = snapshot.add(
        aws.apigateway.Method,
        route,
        { ...location, httpMethod, ...authorization, ...(httpMethod === "POST" && body) },
        opts,
      );
      snapshot.add(
        aws.apigateway.Integration,
        `${route}-integration`,
        {
          ...location,
          httpMethod: method.httpMethod,
          type: "AWS_PROXY",
          integrationHttpMethod: "POST",
          ...integration,
        },
        opts,
      );
    }
    if (forPages) preflight(`${name}-${key}-options`, location, cors, snapshot, opts);
  }
}

/** Returns a function from a path to its resource id. A resource that several paths share is created once. */
function pathResources(
  name: string,
  api: aws.apigateway.RestApi,
  opts: pulumi.CustomResourceOptions,
): (path: string) => pulumi.Output<string> {
  const known = new Map([["", api.rootResourceId]]);
  const idOf = (path: string): pulumi.Output<string> => {
    const found = known.get(path);
    if (found) return found;
    const [parent, pathPart] = [path.slice(0, path.lastIndexOf("/")), path.slice(path.lastIndexOf("/") + 1)];
    const args = { restApi: api.id, parentId: idOf(parent), pathPart };
    const { id } = new aws.apigateway.Resource(`${name}-${keyOf(path)}`, args, opts);
    known.set(path, id);
    return id;
  };
  return (path) => idOf(path === "/" ? "" : path);
}

/** The part of a resource name for a path: `agents-agent-invoke` for `/agents/{agent}/invoke`. */
function keyOf(path: string): string {
  return path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
