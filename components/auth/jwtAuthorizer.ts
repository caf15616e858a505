import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { ENVIRONMENT } from "../../contract/runtime/environment";
import { bundleFunction } from "../function/bundle";
import { loggedFunction } from "../function/loggedFunction";
import type { LogArgs } from "../shared/logs";
import { tokenSettings, type TokenArgs } from "./tokens";

export interface JwtAuthorizerArgs extends TokenArgs, LogArgs {}

/** The bundled Lambda authorizer. It accepts access tokens of one OIDC issuer and denies everything else. Several APIs can share it. */
export class JwtAuthorizer extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  /** URI for the authorizer of an API. */
  public readonly invokeArn: pulumi.Output<string>;

  constructor(name: string, args: JwtAuthorizerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:JwtAuthorizer", name, args, legalNames(opts));
    const parent = { parent: this };
    const { fn } = loggedFunction(
      name,
      {
        logs: args,
        rights: (log) => [log],
        fn: {
          code: bundleFunction("jwtAuthorizer"),
          // A cold start sends two requests to the issuer, each with a timeout of 3 s.
          timeout: 10,
          memorySize: 256,
          environment: { variables: { [ENVIRONMENT.jwt]: tokenSettings(args) } },
        },
      },
      parent,
    );

    this.functionName = fn.name;
    this.invokeArn = fn.invokeArn;
    this.registerOutputs({ functionName: this.functionName, invokeArn: this.invokeArn });
  }
}
