import type { IncomingMessage } from "node:http";
import { authorizerFunction, type Issuers } from "../cognito/issuers";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { headerPairs } from "../http";
import type { FunctionDouble } from "../lambda/function";
import { Invocable } from "../lambda/invocable";
import { cognitoDecision } from "./cognito";
import type { Admitted, Denied } from "./decision";
import { PolicyError, readAuthorizerResult, type AuthorizerResult } from "./authorizerResult";

export interface AuthorizationRequest {
  readonly request: IncomingMessage;
  /** The method's authorization scopes. */
  readonly scopes: readonly string[];
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`. */
  readonly methodArn: string;
}

const DEFAULT_TTL_SECONDS = 300;

/**
 * The declared authorizers of an API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export class Authorizers {
  private readonly kept = new Map<string, { readonly until: number; readonly result: AuthorizerResult }>();

  constructor(
    private readonly graph: Graph,
    private readonly restApi: Resource,
    private readonly functions: readonly FunctionDouble[],
    private readonly issuers: Issuers,
  ) {}

  /** @param id `authorizerId` of the method */
  async decide(id: unknown, asked: AuthorizationRequest): Promise<Admitted | Denied> {
    const authorizer = this.graph.byId(TYPES.authorizer, id);
    if (authorizer?.inputs["restApi"] !== this.restApi.id) {
      return { type: "AUTHORIZER_CONFIGURATION_ERROR", note: "the method names no authorizer of its API" };
    }
    const { type, identitySource, identityValidationExpression: expression } = authorizer.inputs;
    const header = identityHeader(identitySource);
    const value = headerPairs(asked.request).find(([name]) => name.toLowerCase() === header.toLowerCase())?.[1] ?? "";
    if (value === "") return { type: "UNAUTHORIZED", note: `no ${header}` };
    if (type === "COGNITO_USER_POOLS") return await cognitoDecision(this.issuers.of(authorizer), value, asked.scopes);
    if (typeof expression === "string" && !new RegExp(`^(?:${expression})$`).test(value)) {
      return { type: "UNAUTHORIZED", note: "the token does not match the validation expression" };
    }
    if (!authorizerFunction(this.graph, authorizer)) return { authorizer: { principalId: "local" } };
    return await this.ask(authorizer, value, asked.methodArn);
  }

  private async ask(authorizer: Resource, token: string, methodArn: string): Promise<Admitted | Denied> {
    const { authorizerUri, authorizerResultTtlInSeconds: ttl = DEFAULT_TTL_SECONDS } = authorizer.inputs;
    const key = `${authorizer.id} ${token}`;
    const kept = this.kept.get(key);
    let result = kept !== undefined && kept.until > Date.now() ? kept.result : undefined;
    if (!result) {
      const arn = /\/2015-03-31\/functions\/([^/]+)\//.exec(String(authorizerUri))?.[1] ?? "";
      const fn = Invocable.find(this.graph, this.functions, arn);
      if (!fn?.allowsApiGateway(`${text(this.restApi, "executionArn")}/authorizers/${authorizer.id}`)) {
        return {
          type: "AUTHORIZER_CONFIGURATION_ERROR",
          note: "no permission lets the API's authorizer invoke the function",
        };
      }
      const answer = await this.invoke(fn, token, methodArn);
      if ("type" in answer) return answer;
      result = answer;
      if (Number(ttl) > 0) this.kept.set(key, { until: Date.now() + Number(ttl) * 1000, result });
    }
    if (!result.allows(methodArn)) return { type: "ACCESS_DENIED", note: "the authorizer's policy" };
    return { authorizer: result.context };
  }

  private async invoke(fn: Invocable, token: string, methodArn: string): Promise<AuthorizerResult | Denied> {
    const startedAt = Date.now();
    const outcome = await fn.invoke({ type: "TOKEN", authorizationToken: token, methodArn });
    // Exactly this message gives a 401. Any other error is a failure of the authorizer.
    if (outcome.kind === "error") {
      const { errorMessage, errorType } = outcome.error;
      return errorMessage === "Unauthorized"
        ? { type: "UNAUTHORIZED", note: "the authorizer" }
        : { type: "AUTHORIZER_CONFIGURATION_ERROR", note: `authorizer: ${errorType}` };
    }
    try {
      if (outcome.kind !== "payload") throw new PolicyError("a stream");
      return readAuthorizerResult(outcome.body, Date.now() - startedAt);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return { type: "AUTHORIZER_CONFIGURATION_ERROR", note: `the authorizer answered ${error.message}` };
    }
  }
}

/** The header that an authorizer reads. */
export function identityHeader(identitySource: unknown): string {
  const source = typeof identitySource === "string" ? identitySource : "";
  return /^method\.request\.header\.([\w-]+)$/.exec(source)?.[1] ?? "Authorization";
}
