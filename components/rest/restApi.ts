import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { authorization } from "./access/authorizer";
import type { RestEntranceArgs } from "./args";
import { domainUrl } from "./domain";
import { gatewayErrors } from "./routes/gatewayErrors";
import type { LogArgs } from "../shared/logs";
import type { Cors } from "./routes/preflight";
import { restPolicy } from "./access/policy";
import { restRoutes } from "./routes/routes";
import { restStage, STAGE } from "./stage";
import { Snapshot } from "./snapshot";

export interface RestApiArgs extends RestEntranceArgs, LogArgs {
  /** Name of the function behind every route. */
  functionName: pulumi.Input<string>;
  /**
   * Alias in `uri`. Permissions of the function itself do not apply to an alias.
   * @default - none
   */
  functionAlias?: pulumi.Input<string>;
  /** The function's `invokeArn`; with `STREAM`, its `responseStreamingInvokeArn`. */
  uri: pulumi.Input<string>;
  responseTransferMode: "BUFFERED" | "STREAM";
  timeoutMilliseconds: pulumi.Input<number>;
  /**
   * Web pages that may call the API. The function sets the CORS headers of its own answers. Plain: it decides whether preflights are answered.
   * @default - none
   */
  cors?: Cors;
  /**
   * Whether the stage sends X-Ray traces.
   * @default true
   */
  tracing?: boolean;
}

/**
 * A REST API in front of one function. API Gateway validates `POST /invoke` and passes every other path and method on to the function, which
 * answers in the shape of the contract. Every route needs authorization.
 */
export class RestApi extends pulumi.ComponentResource {
  /** URL of the stage or of the domain, without a trailing slash. */
  public readonly url: pulumi.Output<string>;
  /** Id of the API, for a usage plan. */
  public readonly apiId: pulumi.Output<string>;
  /** Name of the stage, for a usage plan. */
  public readonly stageName: pulumi.Output<string>;
  /** Name of the API in its metrics. */
  public readonly apiName: pulumi.Output<string>;

  /** @throws RunError if a public API has no web ACL */
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

    const snapshot = new Snapshot();
    const api = snapshot.add(
      aws.apigateway.RestApi,
      name,
      {
        endpointConfiguration:
          vpcEndpointIds === undefined
            ? { types: "REGIONAL" }
            : { types: "PRIVATE", ipAddressType: "dualstack", vpcEndpointIds },
        // With a domain the default endpoint is disabled, so that callers cannot bypass the domain. The setting takes effect with a new
        // deployment. It is always set: if it were omitted after the domain is removed, the endpoint would stay disabled, and the API would be
        // unreachable.
        // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/rest_api.go (Optional and Computed)
        disableExecuteApiEndpoint: domain !== undefined,
      },
      parent,
    );
    const restApi = api.id;
    restRoutes(
      name,
      {
        api,
        authorization: authorization(name, api, args, snapshot, parent),
        integration: { uri, responseTransferMode, timeoutMilliseconds },
        cors,
      },
      snapshot,
      parent,
    );
    gatewayErrors(name, restApi, cors.origins, snapshot, parent);
    restPolicy(name, { ...args, api, preflights: cors.origins.length > 0 }, snapshot, parent);
    const permission = new aws.lambda.Permission(
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
    const deployment = new aws.apigateway.Deployment(
      `${name}-deployment`,
      { restApi, triggers: { served: snapshot.fingerprint() } },
      // A deployment can lead to another alias of the function, which must admit the API by then.
      { ...parent, dependsOn: [...snapshot.resources, permission] },
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
    this.url = domain ? domainUrl(name, domain, { restApi, stageName: stage.stageName }, parent) : stage.invokeUrl;
    this.apiId = restApi;
    this.stageName = stage.stageName;
    this.apiName = api.name;
    this.registerOutputs({ url: this.url, apiId: this.apiId, stageName: this.stageName, apiName: this.apiName });
  }
}
