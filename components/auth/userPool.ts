import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { loginHostOf } from "../../contract/aws/partitions";
import { NO_USER_POOLS } from "../../contract/config/validate/callers/auth";
import { awsContext } from "../shared/awsContext";

export interface UserPoolArgs {
  /**
   * URLs that the login page may redirect users to. With URLs, the client is for a web or mobile app: authorization code with PKCE, no secret.
   * Without URLs, the client is for a machine: client credentials, with a generated secret. Plain: it decides the kind of client.
   * @default []
   */
  callbackUrls?: string[];
  /**
   * Whether Cognito refuses to delete the pool and its users.
   * @default true
   */
  deletionProtection?: pulumi.Input<boolean>;
}

/** The full name of a scope is `<resource server>/<scope>`. */
const RESOURCE_SERVER = "agent";
const SCOPE = "invoke";

/** A user pool whose access tokens the REST doors accept: users, a login page, one client, and the one scope that the doors require. */
export class UserPool extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly poolId: pulumi.Output<string>;
  /** The scope that an access token must have. */
  public readonly scope: pulumi.Output<string>;
  public readonly clientId: pulumi.Output<string>;
  /** The client's secret; undefined with `callbackUrls`. */
  public readonly clientSecret?: pulumi.Output<string>;
  /** URL at which the client gets its tokens. */
  public readonly tokenEndpoint: pulumi.Output<string>;

  constructor(name: string, args: UserPoolArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:UserPool", name, args, legalNames(opts));
    const parent = { parent: this };
    const { callbackUrls = [], deletionProtection = true } = args;

    const pool = new aws.cognito.UserPool(
      name,
      {
        // With open sign-up anyone could create a user and call the agent.
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
        usernameAttributes: ["email"],
        usernameConfiguration: { caseSensitive: false },
        autoVerifiedAttributes: ["email"],
        accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
        passwordPolicy: {
          minimumLength: 14,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: true,
          temporaryPasswordValidityDays: 3,
        },
        mfaConfiguration: "OPTIONAL",
        softwareTokenMfaConfiguration: { enabled: true },
        deletionProtection: pulumi.output(deletionProtection).apply((on) => (on ? "ACTIVE" : "INACTIVE")),
      },
      parent,
    );
    const server = new aws.cognito.ResourceServer(
      `${name}-server`,
      {
        userPoolId: pool.id,
        identifier: RESOURCE_SERVER,
        name: RESOURCE_SERVER,
        scopes: [{ scopeName: SCOPE, scopeDescription: "Ask the agent" }],
      },
      parent,
    );
    const domain = new aws.cognito.UserPoolDomain(
      `${name}-domain`,
      { userPoolId: pool.id, domain: pool.id.apply(domainPrefix) },
      parent,
    );
    const scope = pulumi.interpolate`${server.identifier}/${SCOPE}`;
    const client = new aws.cognito.UserPoolClient(
      `${name}-client`,
      {
        userPoolId: pool.id,
        allowedOauthFlowsUserPoolClient: true,
        enableTokenRevocation: true,
        preventUserExistenceErrors: "ENABLED",
        // Users enter passwords on the login page only; the client never sends one.
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        accessTokenValidity: 60,
        tokenValidityUnits: { accessToken: "minutes" },
        ...(callbackUrls.length > 0
          ? {
              allowedOauthFlows: ["code"],
              allowedOauthScopes: ["openid", scope],
              callbackUrls,
              supportedIdentityProviders: ["COGNITO"],
              generateSecret: false,
            }
          : { allowedOauthFlows: ["client_credentials"], allowedOauthScopes: [scope], generateSecret: true }),
      },
      parent,
    );

    this.arn = pool.arn;
    this.poolId = pool.id;
    this.scope = scope;
    this.clientId = client.id;
    if (callbackUrls.length === 0) this.clientSecret = pulumi.secret(client.clientSecret);
    const { region } = awsContext(parent);
    const host = region.apply((each) => requireLoginHost(name, each));
    this.tokenEndpoint = pulumi.interpolate`https://${domain.domain}.${host}/oauth2/token`;
    this.registerOutputs({
      arn: this.arn,
      poolId: this.poolId,
      scope: this.scope,
      clientId: this.clientId,
      clientSecret: this.clientSecret,
      tokenEndpoint: this.tokenEndpoint,
    });
  }
}

/** @throws RunError if the Region has no user pools, in a preview already */
function requireLoginHost(name: string, region: string): string {
  const host = loginHostOf(region);
  if (host === undefined) throw new pulumi.RunError(`"${name}" is in ${region}, ${NO_USER_POOLS}`);
  return host;
}

/** A domain prefix must be unique in its region and must not contain `aws` or `cognito`. A hash of the pool's id is unique and contains neither. */
function domainPrefix(poolId: string): string {
  return `agent-${createHash("sha256").update(poolId).digest("hex").slice(0, 20)}`;
}
