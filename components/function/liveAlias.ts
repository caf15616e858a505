import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface LiveAliasArgs {
  functionName: pulumi.Input<string>;
  /** A published version: $LATEST cannot be kept warm. */
  version: pulumi.Input<string>;
  /** Number of execution environments to keep warm; 0 keeps none. Plain: it decides whether the setting exists. */
  provisionedConcurrency: number;
}

/**
 * The alias `live` of a function's newest version, which provisioned concurrency needs. Callers must name the alias: calls of the function
 * itself do not use it. https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export class LiveAlias extends pulumi.ComponentResource {
  public readonly name: pulumi.Output<string>;
  /** Integration URI for a buffered answer. */
  public readonly invokeArn: pulumi.Output<string>;
  /** Integration URI for a streamed answer. */
  public readonly responseStreamingInvokeArn: pulumi.Output<string>;

  constructor(name: string, args: LiveAliasArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:LiveAlias", name, args, opts);
    const parent = { parent: this };
    const { functionName, version, provisionedConcurrency } = args;

    const alias = new aws.lambda.Alias(
      `${name}-live`,
      { name: "live", functionName, functionVersion: version },
      parent,
    );
    if (provisionedConcurrency > 0) {
      new aws.lambda.ProvisionedConcurrencyConfig(
        `${name}-provisioned`,
        { functionName, qualifier: alias.name, provisionedConcurrentExecutions: provisionedConcurrency },
        parent,
      );
    }

    this.name = alias.name;
    this.invokeArn = alias.invokeArn;
    this.responseStreamingInvokeArn = alias.invokeArn.apply(streamingArn);
    this.registerOutputs({ name: this.name });
  }
}

/** The URI for response streaming: the provider computes it for functions, but not for aliases. https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
function streamingArn(invokeArn: string): string {
  return invokeArn
    .replace("/2015-03-31/functions/", "/2021-11-15/functions/")
    .replace(/\/invocations$/, "/response-streaming-invocations");
}
