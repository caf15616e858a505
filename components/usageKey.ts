import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Throttle } from "./doorArgs";

export interface UsageKeyArgs {
  restApi: pulumi.Input<string>;
  stageName: pulumi.Input<string>;
  /** What the key's holder may use. Best effort on AWS's side, not a cost cap. */
  throttle: Throttle;
}

/** A generated API key and the usage plan that lets it into one stage. */
export class UsageKey extends pulumi.ComponentResource {
  /** The key, secret. */
  public readonly value: pulumi.Output<string>;

  constructor(name: string, args: UsageKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("agentcore-front-door:index:UsageKey", name, args, opts);
    const parent = { parent: this };

    const plan = new aws.apigateway.UsagePlan(
      `${name}-plan`,
      { apiStages: [{ apiId: args.restApi, stage: args.stageName }], throttleSettings: args.throttle },
      parent,
    );
    const key = new aws.apigateway.ApiKey(name, {}, parent);
    new aws.apigateway.UsagePlanKey(
      `${name}-membership`,
      { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id },
      parent,
    );

    this.value = pulumi.secret(key.value);
    this.registerOutputs({ value: this.value });
  }
}
