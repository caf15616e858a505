import type { IncomingMessage, ServerResponse } from "node:http";
import type { Resource } from "../../program/graph";
import type { Served } from "../requestLog";

interface CorsInputs {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: number;
  readonly allowCredentials?: boolean;
}

/**
 * The CORS config of a Function URL. Lambda answers preflights without calling the function, and adds the headers to every reply.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export class UrlCors {
  private readonly cors: CorsInputs | undefined;

  constructor({ inputs }: Resource) {
    this.cors = inputs["cors"] as CorsInputs | undefined;
  }

  /** True for a preflight, which needs no signature. Without a CORS config, a preflight is handled like any other request. */
  isPreflight({ method, headers }: IncomingMessage): boolean {
    return this.cors !== undefined && method === "OPTIONS" && "access-control-request-method" in headers;
  }

  /** Adds the headers to a reply before it is sent. */
  apply(request: IncomingMessage, response: ServerResponse): void {
    if (!this.cors) return;
    response.setHeader("Vary", "Origin");
    const { origin = "" } = request.headers;
    const { allowOrigins = [], exposeHeaders = [], allowMethods = [], allowHeaders = [], maxAge } = this.cors;
    if (!allowOrigins.includes(origin) && !allowOrigins.includes("*")) return;
    response.setHeader("Access-Control-Allow-Origin", origin);
    if (this.cors.allowCredentials) response.setHeader("Access-Control-Allow-Credentials", "true");
    if (this.isPreflight(request)) {
      response.setHeader("Access-Control-Allow-Methods", allowMethods.join(","));
      response.setHeader("Access-Control-Allow-Headers", allowHeaders.join(","));
      if (maxAge !== undefined) response.setHeader("Access-Control-Max-Age", maxAge);
    } else if (exposeHeaders.length > 0) {
      response.setHeader("Access-Control-Expose-Headers", exposeHeaders.join(","));
    }
  }

  answer(response: ServerResponse): Served {
    response.writeHead(200).end();
    return { status: 200, note: "preflight" };
  }
}
