import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { INVOKE_MODEL } from "../contract/request";
import { accessLogFormat } from "./accessLog";
import { agentRoutes, NO_AGENT_ROUTES } from "./agentRoutes";
import { authorization, type InboundAuthArgs } from "./authorizer";
import type { Throttle } from "./doorArgs";
import { gatewayErrors } from "./gatewayErrors";
import { logGroupArgs, type LogArgs } from "./logGroupArgs";
import { preflight, type Cors } from "./preflight";

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
  /** ARN of the regional web ACL in front of the stage. */
  webAclArn: pulumi.Input<string>;
  throttle: Throttle;
  /**
   * Web pages that may call the API. Plain: it decides whether preflights are answered. The function sets the headers of its own replies.
   * @default - none
   */
  cors?: Cors;
}

const STAGE = "live";

/**
 * A regional REST API in front of one function: a validated `POST /invoke`, and every other path and method handed to
 * the function, which answers them in the contract's own words. No route is open.
 */
export class RestApi extends pulumi.ComponentResource {
  /** URL of the stage, without a slash at its end. */
  public readonly url: pulumi.Output<string>;
  /** For a usage plan. */
  public readonly apiId: pulumi.Output<string>;
  public readonly stageName: pulumi.Output<string>;
  /** The name that the API's metrics stand under. */
  public readonly apiName: pulumi.Output<string>;

  constructor(name: string, args: RestApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:RestApi", name, args, opts);
    const parent = { parent: this };
    const { cors = { origins: [], mappedHeaders: [] } } = args;

    const api = new aws.apigateway.RestApi(name, { endpointConfiguration: { types: "REGIONAL" } }, parent);
    const restApi = api.id;
    const auth = authorization(name, api, args, parent);

    const model = new aws.apigateway.Model(
      `${name}-model`,
      { restApi, name: "InvokeRequest", contentType: "application/json", schema: JSON.stringify(INVOKE_MODEL) },
      parent,
    );
    const validator = new aws.apigateway.RequestValidator(
      `${name}-validator`,
      { restApi, name: "body", validateRequestBody: true },
      parent,
    );

    const invoke = new aws.apigateway.Resource(
      `${name}-invoke`,
      { restApi, parentId: api.rootResourceId, pathPart: "invoke" },
      parent,
    );
    const proxy = new aws.apigateway.Resource(
      `${name}-proxy`,
      { restApi, parentId: api.rootResourceId, pathPart: "{proxy+}" },
      parent,
    );

    const body = { requestValidatorId: validator.id, requestModels: { "application/json": model.name } };
    const agents = args.namedAgents
      ? agentRoutes(name, { restApi, rootResourceId: api.rootResourceId, body }, parent)
      : NO_AGENT_ROUTES;

    const routes = [
      { key: "invoke-post", resourceId: invoke.id, httpMethod: "POST", body },
      { key: "invoke-any", resourceId: invoke.id, httpMethod: "ANY" },
      { key: "proxy-any", resourceId: proxy.id, httpMethod: "ANY" },
      { key: "root-any", resourceId: api.rootResourceId, httpMethod: "ANY" },
      ...agents.routes,
    ].map(({ key, resourceId, httpMethod, body }) => {
      const method = new aws.apigateway.Method(
        `${name}-${key}`,
        { restApi, resourceId, httpMethod, ...auth.method, ...body },
        parent,
      );
      const integration = new aws.apigateway.Integration(
        `${name}-${key}-integration`,
        {
          restApi,
          resourceId,
          httpMethod: method.httpMethod,
          type: "AWS_PROXY",
          integrationHttpMethod: "POST",
          uri: args.uri,
          responseTransferMode: args.responseTransferMode,
          timeoutMilliseconds: args.timeoutMilliseconds,
        },
        parent,
      );
      return { method, integration };
    });
    const errors = gatewayErrors(name, restApi, cors.origins, parent);
    const preflights = Object.entries({ invoke, proxy, ...agents.forPages }).flatMap(([key, resource]) =>
      preflight(`${name}-${key}-options`, { restApi, resourceId: resource.id }, cors, parent),
    );

    const served = [
      model,
      validator,
      ...auth.served,
      ...errors,
      ...preflights,
      ...routes.flatMap(({ method, integration }) => [method, integration]),
    ];
    const deployment = new aws.apigateway.Deployment(
      `${name}-deployment`,
      { restApi, triggers: { served: fingerprint(served) } },
      // A deployment is a snapshot: it must come after all that it is to hold.
      { ...parent, dependsOn: served },
    );

    const accessLog = new aws.cloudwatch.LogGroup(`${name}-access-log`, logGroupArgs(args), parent);
    const stage = new aws.apigateway.Stage(
      `${name}-stage`,
      {
        restApi,
        deployment: deployment.id,
        stageName: STAGE,
        accessLogSettings: { destinationArn: accessLog.arn, format: accessLogFormat() },
      },
      parent,
    );
    new aws.apigateway.MethodSettings(
      `${name}-settings`,
      {
        restApi,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: {
          throttlingRateLimit: args.throttle.rateLimit,
          throttlingBurstLimit: args.throttle.burstLimit,
          // Execution logs would hold prompts.
          loggingLevel: "OFF",
          dataTraceEnabled: false,
          metricsEnabled: true,
        },
      },
      parent,
    );
    new aws.wafv2.WebAclAssociation(
      `${name}-waf`,
      // The stage's own ARN: policies follow it to the stage while it is still unknown.
      { resourceArn: stage.arn, webAclArn: args.webAclArn },
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

    this.url = stage.invokeUrl;
    this.apiId = restApi;
    this.stageName = stage.stageName;
    this.apiName = api.name;
    this.registerOutputs({ url: this.url, apiId: this.apiId, stageName: this.stageName, apiName: this.apiName });
  }
}

/** Changes whenever a property of anything that is served does; without it a stage keeps its old snapshot. */
function fingerprint(served: readonly pulumi.CustomResource[]): pulumi.Output<string> {
  return pulumi.jsonStringify(served.map(properties)).apply((text) => createHash("sha256").update(text).digest("hex"));
}

function properties(resource: pulumi.CustomResource): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resource).filter(([name, value]) => name !== "urn" && pulumi.Output.isInstance(value)),
  );
}
