import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Snapshot } from "../snapshot";

/** How callers of a REST API authenticate. */
export interface InboundAuthArgs {
  /**
   * `iam`: a SigV4 signature of a principal with the permission `execute-api:Invoke`. `apiKey`: a key of a usage plan, in `x-api-key`.
   * `cognito`: an access token of a user pool. `jwt` and `custom`: a Lambda authorizer decides. Plain: it decides which resources exist.
   */
  auth: string;
  /**
   * Whether callers also need the key of a usage plan. With `auth` `apiKey` the key is always needed, whatever this says. Plain.
   * @default false
   */
  apiKeyRequired?: boolean;
  /**
   * The authorizer that checks tokens. Required with `auth` `cognito`, `jwt` and `custom`.
   * @default - none
   */
  authorizer?: AuthorizerArgs;
}

/** A user pool, or a Lambda function of type TOKEN. */
export interface AuthorizerArgs {
  /** ARN of the user pool, for `cognito`. */
  userPoolArn?: pulumi.Input<string>;
  /** An access token must have one of these scopes. Required for `cognito`: without scopes, API Gateway also accepts id tokens. */
  scopes?: pulumi.Input<string>[];
  /** Name or ARN of the function, without an alias, for `jwt` and `custom`. */
  functionName?: pulumi.Input<string>;
  /** The `invokeArn` of the function or of its alias. */
  invokeArn?: pulumi.Input<string>;
  /**
   * Alias of the function.
   * @default - the function itself
   */
  qualifier?: pulumi.Input<string>;
  /**
   * The header that contains the token. Plain: preflights also name it.
   * @default "Authorization"
   */
  identityHeader?: string;
  /**
   * Regular expression that the header's value must match. API Gateway refuses other values without calling the function.
   * @default - every value matches
   */
  validationExpression?: pulumi.Input<string>;
  /**
   * How long a decision for a token is cached, seconds, 0 to 300. If it is not 0, the policy that the function returns must be valid for every
   * route.
   * @default 0
   */
  cacheSeconds?: pulumi.Input<number>;
}

/** The authorization settings of every method of an API. */
type Authorization = Pick<
  aws.apigateway.MethodArgs,
  "authorization" | "apiKeyRequired" | "authorizerId" | "authorizationScopes"
>;

/**
 * The authorization of an API's methods, with the authorizer that it needs.
 *
 * @throws RunError naming `auth` or the part of `authorizer` that it lacks
 */
export function authorization(
  name: string,
  api: aws.apigateway.RestApi,
  { auth, apiKeyRequired = false, authorizer = {} }: InboundAuthArgs,
  snapshot: Snapshot,
  opts: pulumi.CustomResourceOptions,
): Authorization {
  const refuse = (what: string): never => {
    throw new pulumi.RunError(`\`auth\` of ${name} is "${auth}"${what}.`);
  };
  switch (auth) {
    case "iam":
      return { authorization: "AWS_IAM", apiKeyRequired };
    case "apiKey":
      return { authorization: "NONE", apiKeyRequired: true };
    case "cognito": {
      const { scopes = [] } = authorizer;
      if (authorizer.userPoolArn === undefined || scopes.length === 0) {
        return refuse(", which needs `authorizer.userPoolArn` and `authorizer.scopes`");
      }
      const pool = snapshot.add(
        aws.apigateway.Authorizer,
        `${name}-authorizer`,
        {
          restApi: api.id,
          type: "COGNITO_USER_POOLS",
          providerArns: [authorizer.userPoolArn],
          identitySource: identitySource(authorizer),
        },
        opts,
      );
      return {
        authorization: "COGNITO_USER_POOLS",
        authorizerId: pool.id,
        authorizationScopes: scopes,
        apiKeyRequired,
      };
    }
    case "jwt":
    case "custom": {
      const { functionName, invokeArn } = authorizer;
      if (functionName === undefined || invokeArn === undefined) {
        return refuse(", which needs `authorizer.functionName` and `authorizer.invokeArn`");
      }
      const { id } = tokenAuthorizer(name, api, { ...authorizer, functionName, invokeArn }, snapshot, opts);
      return { authorization: "CUSTOM", authorizerId: id, apiKeyRequired };
    }
    default:
      return refuse(". Use iam, apiKey, cognito, jwt or custom");
  }
}

function tokenAuthorizer(
  name: string,
  api: aws.apigateway.RestApi,
  authorizer: AuthorizerArgs & Required<Pick<AuthorizerArgs, "functionName" | "invokeArn">>,
  snapshot: Snapshot,
  opts: pulumi.CustomResourceOptions,
): aws.apigateway.Authorizer {
  const { functionName, invokeArn, qualifier, validationExpression, cacheSeconds = 0 } = authorizer;
  const custom = snapshot.add(
    aws.apigateway.Authorizer,
    `${name}-authorizer`,
    {
      restApi: api.id,
      type: "TOKEN",
      authorizerUri: invokeArn,
      identitySource: identitySource(authorizer),
      authorizerResultTtlInSeconds: cacheSeconds,
      ...(validationExpression !== undefined && { identityValidationExpression: validationExpression }),
    },
    opts,
  );
  new aws.lambda.Permission(
    `${name}-authorizer-permission`,
    {
      function: functionName,
      ...(qualifier !== undefined && { qualifier }),
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: pulumi.interpolate`${api.executionArn}/authorizers/${custom.id}`,
    },
    opts,
  );
  return custom;
}

function identitySource({ identityHeader = "Authorization" }: AuthorizerArgs): string {
  return `method.request.header.${identityHeader}`;
}
