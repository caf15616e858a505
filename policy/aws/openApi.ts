import { at, entries, json, list, matches, UNKNOWN } from "../model/value";

/** A method as an OpenAPI document describes it, in the terms of the provider's resources. */
export interface Operation {
  readonly path: string;
  readonly httpMethod: string;
  readonly authorization: unknown;
  readonly apiKeyRequired: unknown;
  readonly integration: unknown;
}

const ANY = "x-amazon-apigateway-any-method";
const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace", ANY]);

/** The document of a `RestApi.body`: `undefined` where there is none or it is no JSON, for example YAML. */
export function openApi(body: unknown): unknown {
  return json(body);
}

/** Every method of every path. A reference is not followed: what stands behind it is not known. */
export function operations(document: unknown): readonly Operation[] | typeof UNKNOWN {
  const paths = entries(at(document, "paths"));
  if (paths === UNKNOWN) return UNKNOWN;
  return paths.flatMap(([path, item]) => {
    if (at(item, "$ref") !== undefined)
      return [{ path, httpMethod: "$ref", authorization: UNKNOWN, apiKeyRequired: UNKNOWN, integration: UNKNOWN }];
    return Object.entries((item ?? {}) as Record<string, unknown>)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({
        path,
        httpMethod: method === ANY ? "ANY" : method.toUpperCase(),
        ...authorization(document, operation),
        integration: at(operation, "x-amazon-apigateway-integration"),
      }));
  });
}

function authorization(document: unknown, operation: unknown): Pick<Operation, "authorization" | "apiKeyRequired"> {
  const type = at(operation, "x-amazon-apigateway-auth", "type");
  const security = at(operation, "security");
  if (security === undefined && type !== undefined)
    return { authorization: typeof type === "string" ? type.toUpperCase() : type, apiKeyRequired: false };
  // AWS does not say whether it heeds a requirement of the whole document.
  if (security === undefined && at(document, "security") !== undefined)
    return { authorization: UNKNOWN, apiKeyRequired: UNKNOWN };
  const alternatives = (list(security) as readonly unknown[]).map((requirement) =>
    Object.keys(requirement ?? {}).flatMap((name) => kindOf(document, name)),
  );
  const open = alternatives.length === 0 || alternatives.some((kinds) => kinds.length === 0);
  const named = alternatives.flat().find((kind) => kind !== API_KEY);
  return {
    authorization: open ? "NONE" : (named ?? "NONE"),
    apiKeyRequired: !open && alternatives.every((kinds) => kinds.includes(API_KEY)),
  };
}

const API_KEY = "API_KEY";

/** What API Gateway makes of a security scheme: nothing, where it has no extension that says how. */
function kindOf(document: unknown, name: string): readonly string[] {
  const scheme = at(document, "components", "securitySchemes", name) ?? at(document, "securityDefinitions", name);
  if (at(scheme, "x-amazon-apigateway-authtype") === "awsSigv4") return ["AWS_IAM"];
  const authorizer = at(scheme, "x-amazon-apigateway-authorizer");
  if (authorizer !== undefined) {
    const given = entries(authorizer);
    if (given !== UNKNOWN && given.length === 0) return [];
    return [at(authorizer, "type") === "cognito_user_pools" ? "COGNITO_USER_POOLS" : "CUSTOM"];
  }
  return at(scheme, "type") === "apiKey" && matches(at(scheme, "name"), /^x-api-key$/i) === true ? [API_KEY] : [];
}
