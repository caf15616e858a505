import * as pulumi from "@pulumi/pulumi";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import { bundleFunction } from "../function/bundle";
import { loggedFunction } from "../function/loggedFunction";
import type { LogArgs } from "../shared/logs";

export interface JwtAuthorizerArgs extends LogArgs {
  /** `https` URL of the OIDC issuer, spelt as in the tokens' `iss`. */
  issuer: pulumi.Input<string>;
  /** One of these must be in a token's `aud`, or be its `client_id` where it has no `aud`. */
  audience: pulumi.Input<string>[];
  /**
   * Scopes, one of which must be in a token's `scope` or `scp`.
   * @default [] - no scope is asked for
   */
  scopes?: pulumi.Input<string>[];
  /**
   * Where the issuer's keys are.
   * @default - as the issuer's `/.well-known/openid-configuration` says
   */
  jwksUri?: pulumi.Input<string>;
}

/** The bundled Lambda authorizer: it takes the access tokens of one OIDC issuer, and denies all else. Any number of APIs can ask it. */
export class JwtAuthorizer extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  /** What an API's authorizer calls. */
  public readonly invokeArn: pulumi.Output<string>;

  constructor(name: string, args: JwtAuthorizerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:JwtAuthorizer", name, args, opts);
    const parent = { parent: this };
    const { issuer, audience, scopes = [], jwksUri } = args;

    const settings = pulumi.jsonStringify({ issuer, audience, scopes, ...(jwksUri !== undefined && { jwksUri }) });
    const { fn } = loggedFunction(
      name,
      {
        logs: args,
        rights: (log) => [log],
        fn: {
          code: bundleFunction("jwtAuthorizer"),
          // Two requests to the issuer of at most 3 s each, on a cold start.
          timeout: 10,
          memorySize: 256,
          environment: { variables: { [ENVIRONMENT.jwt]: settings } },
        },
      },
      parent,
    );

    this.functionName = fn.name;
    this.invokeArn = fn.invokeArn;
    this.registerOutputs({ functionName: this.functionName, invokeArn: this.invokeArn });
  }
}
