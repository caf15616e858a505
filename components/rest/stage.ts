import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { methodPathOf } from "../../contract/wire/routes";
import { accessLogFormat } from "./accessLog";
import type { MethodThrottles, Throttle } from "./args";
import { logGroupArgs, type LogArgs } from "../shared/logs";

/** The name of the stage of every REST door. */
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

/** Creates the stage, its access log, its method settings and its web ACL association. */
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
      accessLogSettings: { destinationArn: dependingOn(accessLog.arn, args.accountLogging), format: accessLogFormat() },
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
        // The settings of a route replace those of the stage. A value that is omitted here would be AWS's default, not the stage's value.
        settings: { ...throttleSettings(each), ...NO_EXECUTION_LOG },
      },
      // Two spellings of a route can be the same setting at API Gateway. If the old one were deleted last, that would remove the new one.
      route === ALL ? opts : { ...opts, deleteBeforeReplace: true },
    );
  }
  if (webAclArn !== undefined) {
    new aws.wafv2.WebAclAssociation(
      `${name}-waf`,
      // `stage.arn`, not an interpolated string: the policy pack follows this dependency while the ARN is unknown in a preview.
      { resourceArn: stage.arn, webAclArn },
      // A stage has one web ACL, and the delete of an association takes away whichever it is. If the old one were deleted last, that would
      // remove the new one. https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html
      { ...opts, deleteBeforeReplace: true },
    );
  }
  return stage;
}

/** Every method of every path. */
const ALL = "*/*";

/** Execution logs are off, because they would contain prompts. */
const NO_EXECUTION_LOG = { loggingLevel: "OFF", dataTraceEnabled: false, metricsEnabled: true } as const;

function throttleSettings({ rateLimit, burstLimit }: Throttle): aws.types.input.apigateway.MethodSettingsSettings {
  return { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit };
}

/** The value, after the account's logging settings exist. Without them API Gateway refuses a stage with an access log. */
function dependingOn(value: pulumi.Output<string>, first: pulumi.Input<string> | undefined): pulumi.Output<string> {
  return first === undefined ? value : pulumi.all([value, first]).apply(([text]) => text);
}
