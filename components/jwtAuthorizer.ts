import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ENVIRONMENT } from "../contract/environment";
import { bundleFunction } from "./bundle";
import { logGroupArgs, type LogArgs } from "./logGroupArgs";
import { trustLambda, writeLog } from "./lambdaRole";

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

    const logGroup = new aws.cloudwatch.LogGroup(`${name}-logs`, logGroupArgs(args), parent);
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: trustLambda() }, parent);
    const rights = new aws.iam.RolePolicy(
      `${name}-policy`,
      { role: role.id, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [writeLog(logGroup.arn)] }) },
      parent,
    );
    const fn = new aws.lambda.Function(
      name,
      {
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: bundleFunction("jwtAuthorizer"),
        role: role.arn,
        // Two requests to the issuer of at most 3 s each, on a cold start.
        timeout: 10,
        memorySize: 256,
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        environment: {
          variables: {
            [ENVIRONMENT.jwt]: pulumi.jsonStringify({
              issuer,
              audience,
              scopes,
              ...(jwksUri !== undefined && { jwksUri }),
            }),
          },
        },
      },
      // The role's rights must exist before the first invocation.
      { ...parent, dependsOn: rights },
    );

    this.functionName = fn.name;
    this.invokeArn = fn.invokeArn;
    this.registerOutputs({ functionName: this.functionName, invokeArn: this.invokeArn });
  }
}
