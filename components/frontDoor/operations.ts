import type * as pulumi from "@pulumi/pulumi";
import { DOOR_NAMES, type DoorName } from "../../contract/wire/doors";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { topicRegion } from "../../contract/config/validate/operations";
import { maxDurationOf, type Settings } from "../../contract/config/settings";
import { Operations } from "../operations/operations";
import type { DoorMetrics, WebAclMetrics } from "../operations/types";

/** A door of the stack, by the names that its metrics stand under. */
type WatchedDoor = Pick<DoorMetrics, "functionName" | "apiName" | "stageName">;

/** Dashboard and alarms, where the config asks for either. */
export function operationsOf(
  name: string,
  settings: Settings,
  doors: Readonly<Record<DoorName, WatchedDoor | undefined>>,
  webAcls: WebAclMetrics[],
  opts: pulumi.ComponentResourceOptions,
): Operations | undefined {
  const { dashboard, alarms, alarmTopicArns, alarmDailySpendUsd, memorySizeMb, reservedConcurrency } = settings;
  if (!dashboard && !alarms) return undefined;
  const edgeAlarmTopicArns = alarmTopicArns.filter((arn) => topicRegion(arn) === CLOUDFRONT_REGION);
  const elsewhere = alarmTopicArns.filter((arn) => !edgeAlarmTopicArns.includes(arn));
  return new Operations(
    name,
    {
      doors: DOOR_NAMES.flatMap((door): DoorMetrics[] => {
        const watched = doors[door];
        if (!watched) return [];
        const { functionName, apiName, stageName } = watched;
        return [
          {
            door,
            functionName,
            memorySizeMb,
            maxDurationSeconds: maxDurationOf(settings, door),
            reservedConcurrency,
            ...(apiName !== undefined && { apiName }),
            ...(stageName !== undefined && { stageName }),
          },
        ];
      }),
      webAcls,
      dashboard,
      alarms,
      // An alarm tells topics of its own region only. A stack in the edge's region has one list for both.
      alarmTopicArns: elsewhere.length > 0 ? elsewhere : alarmTopicArns,
      edgeAlarmTopicArns,
      alarmDailySpendUsd,
    },
    opts,
  );
}
