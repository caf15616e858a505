import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { KEY_NAME, type ApiKeyConfig } from "../../contract/config/auth";
import type { Throttle } from "./args";

export interface ApiKeysArgs {
  /** The keys by name. Plain: it decides which resources exist. */
  keys: Record<string, ApiKeyConfig>;
  /** The stages that each key opens: a client moves between doors with the same key. */
  stages: ApiStage[];
  /** What a key's holder may use where the key has no throttle of its own. */
  throttle: Throttle;
}

/** A stage of a REST API. */
export interface ApiStage {
  /** Id of the REST API. */
  apiId: pulumi.Input<string>;
  /** Name of its stage. */
  stage: pulumi.Input<string>;
}

/**
 * Generated API keys, each with a usage plan of its own: a key tells clients apart and lets one be stopped without the others. Throttle
 * and quota are best effort on AWS's side, not a cost cap.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class ApiKeys extends pulumi.ComponentResource {
  /** The keys' values by their names, each secret. */
  public readonly values: Record<string, pulumi.Output<string>>;

  /** @throws RunError naming a key whose name cannot stand in a resource's */
  constructor(name: string, args: ApiKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const strange = Object.keys(args.keys).find((key) => !KEY_NAME.test(key));
    if (strange !== undefined) {
      throw new pulumi.RunError(
        `\`keys\` of ${name} names "${strange}". Use up to 64 letters, digits, - and _ for a key's name.`,
      );
    }
    super("agentcore-front-door:index:ApiKeys", name, args, opts);
    const parent = { parent: this };

    this.values = Object.fromEntries(
      Object.entries(args.keys).map(([key, { rateLimit, burstLimit, quota }]) => {
        const plan = new aws.apigateway.UsagePlan(
          `${name}-${key}-plan`,
          {
            apiStages: args.stages,
            throttleSettings: {
              rateLimit: rateLimit ?? args.throttle.rateLimit,
              burstLimit: burstLimit ?? args.throttle.burstLimit,
            },
            ...(quota && { quotaSettings: { limit: quota.limit, period: quota.period } }),
          },
          parent,
        );
        const apiKey = new aws.apigateway.ApiKey(`${name}-${key}`, {}, parent);
        new aws.apigateway.UsagePlanKey(
          `${name}-${key}-membership`,
          { keyId: apiKey.id, keyType: "API_KEY", usagePlanId: plan.id },
          parent,
        );
        return [key, pulumi.secret(apiKey.value)];
      }),
    );
    this.registerOutputs({ values: this.values });
  }
}
