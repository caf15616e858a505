import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AGENT_PATHS, REST_PATHS } from "../contract/routes";
import { authorization, type InboundAuthArgs } from "./authorizer";
import type { MethodThrottles, Throttle } from "./doorArgs";
import { fingerprint } from "./fingerprint";
import { gatewayErrors } from "./gatewayErrors";
import type { LogArgs } from "./logGroupArgs";
import type { Cors } from "./preflight";
import { restPolicy, type RestPolicyArgs } from "./restPolicy";
import { restRoutes } from "./restRoutes";
import { restStage, STAGE } from "./restStage";

export interface RestApiArgs extends InboundAuthArgs, LogArgs {
  /** Name of the function behind every route. */
  functionName: pulumi.Input<string>;
  /**
   * Alias that `uri` names: permissions of the function itself do not count for it.
   * @default - none
   */
  functionAlias?: pulumi.Input<string>;
  /**
   * Whether `/agents/{agent}/invoke` is a route with the same validation as `/invoke`. Plain: it decides which resources exist.
   * @default false
   */
  namedAgents?: boolean;
  /** The function's `invokeArn`, or its `responseStreamingInvokeArn` with `STREAM`. */
  uri: pulumi.Input<string>;
  responseTransferMode: "BUFFERED" | "STREAM";
  timeoutMilliseconds: pulumi.Input<number>;
  /**
   * ARN of the regional web ACL in front of the stage.
   * @default - none, which only a private API may have
   */
  webAclArn?: pulumi.Input<string>;
  throttle: Throttle;
  /**
   * What single routes take, by method and path: `POST /invoke`. Plain: it decides which settings exist.
   * @default {}
   */
  methodThrottles?: MethodThrottles;
  /**
   * Web pages that may call the API. Plain: it decides whether preflights are answered. The function sets the headers of its own replies.
   * @default - none
   */
  cors?: Cors;
  /**
   * X-Ray traces of the stage.
   * @default true
   */
  tracing?: boolean;
  /**
   * VPC endpoints for execute-api that alone reach the API, which is then private.
   * @default - a public, regional API
   */
  vpcEndpointIds?: pulumi.Input<string[]>;
  /**
   * Addresses and accounts that may call. Plain: it decides whether a resource policy exists.
   * @default - everybody who has the proof that `auth` asks for
   */
  resourcePolicy?: RestPolicyArgs;
  /**
   * A custom domain that leads here; the API's own address is then off.
   * @default - none
   */
  domain?: DomainMappingArgs;
  /**
   * Id of the account's logging settings, where this program owns them: the stage comes after them.
   * @default - they are there already, or nothing needs them
   */
  accountLogging?: pulumi.Input<string>;
}

export interface DomainMappingArgs {
  /** Name of the domain, from the resource that makes it. */
  domainName: pulumi.Input<string>;
  /**
   * First part of the path, which leads to this API. Plain: it decides the URL's form.
   * @default "" - the domain leads here and nowhere else
   */
  basePath?: string;
}

/**
 * A REST API in front of one function: a validated `POST /invoke`, and every other path and method handed to the function, which
 * answers them in the contract's own words. No route is open.
 */
export class RestApi extends pulumi.ComponentResource {
  /** URL of the stage, or of the domain, without a slash at its end. */
  public readonly url: pulumi.Output<string>;
  /** For a usage plan. */
  public readonly apiId: pulumi.Output<string>;
  public readonly stageName: pulumi.Output<string>;
  /** The name that the API's metrics stand under. */
  public readonly apiName: pulumi.Output<string>;

  /** @throws RunError where a public API has no web ACL */
  constructor(name: string, args: RestApiArgs, opts?: pulumi.ComponentResourceOptions) {
    if (args.webAclArn === undefined && args.vpcEndpointIds === undefined) {
      throw new pulumi.RunError(
        `\`webAclArn\` of ${name} is missing. Give a public API a web ACL, or make it private with \`vpcEndpointIds\`.`,
      );
    }
    super("agentcore-front-door:index:RestApi", name, args, opts);
    const parent = { parent: this };
    const { cors = { origins: [], mappedHeaders: [] }, vpcEndpointIds, domain } = args;
    const { uri, responseTransferMode, timeoutMilliseconds } = args;

    const api = new aws.apigateway.RestApi(
      name,
      {
        endpointConfiguration:
          vpcEndpointIds === undefined
            ? { types: "REGIONAL" }
            : { types: "PRIVATE", ipAddressType: "dualstack", vpcEndpointIds },
        // A second address would be a way round the domain.
        ...(domain && { disableExecuteApiEndpoint: true }),
      },
      parent,
    );
    const restApi = api.id;
    const auth = authorization(name, api, args, parent);

    const served = [
      ...auth.served,
      ...restRoutes(
        name,
        {
          api,
          paths: [...REST_PATHS, ...(args.namedAgents ? AGENT_PATHS : [])],
          authorization: auth.method,
          integration: { uri, responseTransferMode, timeoutMilliseconds },
          cors,
        },
        parent,
      ),
      ...gatewayErrors(name, restApi, cors.origins, parent),
      ...restPolicy(name, { ...args, api, preflights: cors.origins.length > 0 }, parent),
    ];
    const deployment = new aws.apigateway.Deployment(
      `${name}-deployment`,
      { restApi, triggers: { served: fingerprint(served) } },
      // A deployment is a snapshot: it must come after all that it is to hold.
      { ...parent, dependsOn: served },
    );
    const stage = restStage(
      name,
      {
        restApi,
        deployment: deployment.id,
        logs: args,
        throttle: args.throttle,
        methodThrottles: args.methodThrottles ?? {},
        tracing: args.tracing ?? true,
        webAclArn: args.webAclArn,
        accountLogging: args.accountLogging,
      },
      parent,
    );
    new aws.lambda.Permission(
      `${name}-permission`,
      {
        function: args.functionName,
        ...(args.functionAlias !== undefined && { qualifier: args.functionAlias }),
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        sourceArn: pulumi.interpolate`${api.executionArn}/${STAGE}/*`,
      },
      parent,
    );

    this.url = domain ? domainUrl(name, domain, { restApi, stageName: stage.stageName }, parent) : stage.invokeUrl;
    this.apiId = restApi;
    this.stageName = stage.stageName;
    this.apiName = api.name;
    this.registerOutputs({ url: this.url, apiId: this.apiId, stageName: this.stageName, apiName: this.apiName });
  }
}

function domainUrl(
  name: string,
  { domainName, basePath = "" }: DomainMappingArgs,
  stage: { restApi: pulumi.Input<string>; stageName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const mapping = new aws.apigateway.BasePathMapping(
    `${name}-mapping`,
    { domainName, ...stage, ...(basePath !== "" && { basePath }) },
    opts,
  );
  return pulumi.interpolate`https://${mapping.domainName}${basePath === "" ? "" : `/${basePath}`}`;
}
