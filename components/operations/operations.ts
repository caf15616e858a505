import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { legalNames } from "../shared/legalNames";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { DASHBOARD_NAME_LENGTH } from "../../contract/aws/limits";
import { validateOperationsArgs } from "../../contract/config/validate/operations";
import { doorAlarms, spendAlarm, webAclAlarms } from "./alarms";
import type { DoorMetrics, WebAclMetrics } from "./types";
import { dashboardBody } from "./widgets";
import { accountName } from "../shared/accountName";
import { awsContext } from "../shared/awsContext";

export interface OperationsArgs {
  /** The doors to watch, at most four: the spend alarm accepts ten metrics. */
  doors: DoorMetrics[];
  /**
   * The web ACLs to watch.
   * @default []
   */
  webAcls?: WebAclMetrics[];
  /**
   * Whether there is a CloudWatch dashboard. Plain: it decides whether the dashboard exists.
   * @default false
   */
  dashboard?: boolean;
  /**
   * Whether there are CloudWatch alarms. Plain: it decides whether they exist.
   * @default false
   */
  alarms?: boolean;
  /**
   * ARNs of SNS topics in the stack's region that the alarms notify.
   * @default []
   */
  alarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * ARNs of SNS topics in us-east-1 that the alarms of `CLOUDFRONT` web ACLs notify. An alarm can only notify topics of its own region.
   * @default []
   */
  edgeAlarmTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Estimated spend a day at which the spend alarm starts, US dollars.
   * @default 50
   */
  alarmDailySpendUsd?: pulumi.Input<number>;
}

/** A dashboard and alarms for the doors of one stack. */
export class Operations extends pulumi.ComponentResource {
  /** Name of the dashboard; undefined if there is none. */
  public readonly dashboardName: pulumi.Output<string> | undefined;
  /** ARNs of the alarms, for example for your own composite alarm. */
  public readonly alarmArns: pulumi.Output<string>[];

  /** @throws RunError if alarms have no topic to notify, or if two names are the same */
  constructor(name: string, args: OperationsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { doors, webAcls = [], alarmTopicArns = [], edgeAlarmTopicArns = [] } = args;
    const errors = [...validateOperationsArgs({ ...args, doors, webAcls, alarmTopicArns, edgeAlarmTopicArns })];
    if (errors.length > 0) throw new pulumi.RunError(`${name}: ${errors.join(" ")}`);
    super("agentcore-front-door:index:Operations", name, args, legalNames(opts));
    const { region } = awsContext({ parent: this });

    const alarms = args.alarms
      ? [
          ...doors.flatMap(doorAlarms),
          ...webAclAlarms(webAcls, region),
          spendAlarm(doors, webAcls, region, args.alarmDailySpendUsd ?? 50),
        ]
      : [];
    const suffixes = alarms.map(({ suffix }) => suffix);
    this.alarmArns = alarms.map(({ suffix, formerSuffix, edge, args: watched }) => {
      const renamed = formerSuffix !== undefined && !suffixes.includes(formerSuffix);
      const topics = edge ? edgeAlarmTopicArns : alarmTopicArns;
      const alarm = new aws.cloudwatch.MetricAlarm(
        `${name}-${suffix}`,
        {
          ...watched,
          // A door without requests sends no data, which is not an alarm.
          treatMissingData: "notBreaching",
          alarmActions: topics,
          okActions: topics,
          ...(edge && { region: CLOUDFRONT_REGION }),
        },
        { parent: this, ...(renamed && { aliases: [{ name: `${name}-${formerSuffix}` }] }) },
      );
      return alarm.arn;
    });

    this.dashboardName = args.dashboard
      ? new aws.cloudwatch.Dashboard(
          `${name}-dashboard`,
          {
            // The provider generates no name, and the dashboards of all regions share one list.
            dashboardName: accountName(name, DASHBOARD_NAME_LENGTH),
            dashboardBody: pulumi.jsonStringify(
              dashboardBody({ name, doors, webAcls, region, alarmArns: this.alarmArns }),
            ),
          },
          { parent: this },
        ).dashboardName
      : undefined;
    this.registerOutputs({
      alarmArns: this.alarmArns,
      ...(this.dashboardName && { dashboardName: this.dashboardName }),
    });
  }
}
