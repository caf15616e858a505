import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../../shared/legalNames";
import { KEY_NAME, type ApiKeyConfig } from "../../../contract/config/keys/auth";
import type { Throttle } from "../args";

export interface ApiKeysArgs {
  /** The keys by name. Plain: it decides which resources exist. */
  keys: Record<string, ApiKeyConfig>;
  /** The stages that accept every key: a client uses the same key for all doors. */
  stages: ApiStage[];
  /** Throttle of a key that does not set its own. */
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
 * Generated API keys, each with its own usage plan. Keys distinguish clients, and one client can be disabled without the others. AWS applies
 * throttles and quotas on a best-effort basis; they do not limit cost reliably.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class ApiKeys extends pulumi.ComponentResource {
  /** Values of the keys by name, each secret. */
  public readonly values: Record<string, pulumi.Output<string>>;

  /** @throws RunError naming a key whose name is invalid in a resource name */
  constructor(name: string, args: ApiKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const invalid = Object.keys(args.keys).find((key) => !KEY_NAME.test(key));
    if (invalid !== undefined) {
      throw new pulumi.RunError(
        `\`keys\` of ${name} names "${invalid}". Use up to 64 letters, digits, - and _ for a key's name.`,
      );
    }
    super("agentcore-front-door:index:ApiKeys", name, args, legalNames(opts));
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
