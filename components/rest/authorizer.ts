import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Snapshot } from "./snapshot";

/** How callers of a REST API prove themselves. */
export interface InboundAuthArgs {
  /**
   * `iam`: SigV4 of a principal that may `execute-api:Invoke`. `apiKey`: a key of a usage plan in `x-api-key`. `cognito`: an access token
   * of a user pool. `jwt` and `custom`: a Lambda authorizer decides. Plain: it decides which resources exist.
   */
  auth: string;
  /**
   * Whether callers need the key of a usage plan as well. Plain.
   * @default false - with `auth` `apiKey` the key is all, and always needed
   */
  apiKeyRequired?: boolean;
  /**
   * Who decides on tokens; required with `auth` `cognito`, `jwt` and `custom`.
   * @default - nobody
   */
  authorizer?: AuthorizerArgs;
}

/** A user pool, or a Lambda function of type TOKEN. */
export interface AuthorizerArgs {
  /** ARN of the user pool, for `cognito`. */
  userPoolArn?: pulumi.Input<string>;
  /** Scopes, one of which an access token must have; required for `cognito`, because without any API Gateway takes id tokens. */
  scopes?: pulumi.Input<string>[];
  /** The function's name or ARN, without alias, for `jwt` and `custom`. */
  functionName?: pulumi.Input<string>;
  /** The function's `invokeArn`, or that of an alias. */
  invokeArn?: pulumi.Input<string>;
  /**
   * Alias of the function.
   * @default - the function itself
   */
  qualifier?: pulumi.Input<string>;
  /**
   * The header whose value is judged. Plain: preflights name it as well.
   * @default "Authorization"
   */
  identityHeader?: string;
  /**
   * What the header's value must match before the function is asked.
   * @default - anything
   */
  validationExpression?: pulumi.Input<string>;
  /**
   * How long a decision is kept for a token, seconds, 0 to 300. The function's policy must then hold for every route.
   * @default 0
   */
  cacheSeconds?: pulumi.Input<number>;
}

/** What the methods of an API ask for. */
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
