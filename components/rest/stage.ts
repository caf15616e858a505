import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { methodPathOf } from "../../contract/wire/routes";
import { accessLogFormat } from "./accessLog";
import type { MethodThrottles, Throttle } from "./args";
import { logGroupArgs, type LogArgs } from "../shared/logs";

/** The name of every REST door's stage. */
export const STAGE = "live";

export interface RestStage {
  readonly restApi: pulumi.Input<string>;
  readonly deployment: pulumi.Input<string>;
  readonly logs: LogArgs;
  readonly throttle: Throttle;
  readonly methodThrottles: MethodThrottles;
  readonly tracing: boolean;
  readonly webAclArn: pulumi.Input<string> | undefined;
  readonly accountLogging: pulumi.Input<string> | undefined;
}

/** The stage with what belongs to it: access log, settings of its methods, web ACL. */
export function restStage(name: string, args: RestStage, opts: pulumi.CustomResourceOptions): aws.apigateway.Stage {
  const { restApi, deployment, throttle, webAclArn } = args;
  const accessLog = new aws.cloudwatch.LogGroup(`${name}-access-log`, logGroupArgs(args.logs), opts);
  const stage = new aws.apigateway.Stage(
    `${name}-stage`,
    {
      restApi,
      deployment,
      stageName: STAGE,
      xrayTracingEnabled: args.tracing,
      accessLogSettings: { destinationArn: after(accessLog.arn, args.accountLogging), format: accessLogFormat() },
    },
    opts,
  );
  for (const [route, each] of Object.entries({ [ALL]: throttle, ...args.methodThrottles })) {
    new aws.apigateway.MethodSettings(
      `${name}-settings${route === ALL ? "" : `-${route.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "")}`}`,
      {
        restApi,
        stageName: stage.stageName,
        methodPath: route === ALL ? ALL : methodPathOf(route),
        // A route's own settings replace the stage's: what they leave out is the service's default again.
        settings: { ...throttling(each), ...QUIET },
      },
      // Two spellings of a route can be one setting at API Gateway: what is deleted last must not take the new one along.
      route === ALL ? opts : { ...opts, deleteBeforeReplace: true },
    );
  }
  if (webAclArn !== undefined) {
    new aws.wafv2.WebAclAssociation(
      `${name}-waf`,
      // The stage's own ARN: policies follow it to the stage while it is still unknown.
      { resourceArn: stage.arn, webAclArn },
      opts,
    );
  }
  return stage;
}

/** Every method of every path. */
const ALL = "*/*";

/** Execution logs would hold prompts. */
const QUIET = { loggingLevel: "OFF", dataTraceEnabled: false, metricsEnabled: true } as const;

function throttling({ rateLimit, burstLimit }: Throttle): aws.types.input.apigateway.MethodSettingsSettings {
  return { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit };
}

/** The value, once the account's logging settings are there: before, a stage that logs cannot be made. */
function after(value: pulumi.Output<string>, first: pulumi.Input<string> | undefined): pulumi.Output<string> {
  return first === undefined ? value : pulumi.all([value, first]).apply(([text]) => text);
}
