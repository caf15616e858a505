import * as pulumi from "@pulumi/pulumi";
import { DOOR_NAMES, type DoorName } from "../../contract/wire/doors";
import { CLOUDFRONT_REGION } from "../../contract/aws/cloudfront";
import { topicRegion } from "../../contract/config/validate/operations";
import { maxDurationOf } from "../../contract/config/settings";
import type { Settings } from "./inputs";
import { Operations, type OperationsArgs } from "../operations/operations";
import type { DoorMetrics, WebAclMetrics } from "../operations/types";

/** The names that identify a door of the stack in its metrics. */
type WatchedDoor = Pick<DoorMetrics, "functionName" | "apiName" | "stageName">;

/** Creates the dashboard and the alarms; undefined if the config enables neither. */
export function createOperations(
  name: string,
  settings: Settings,
  doors: Readonly<Record<DoorName, WatchedDoor | undefined>>,
  webAcls: WebAclMetrics[],
  opts: pulumi.ComponentResourceOptions,
): Operations | undefined {
  const { dashboard, alarms, alarmTopicArns, alarmDailySpendUsd, memorySizeMb, reservedConcurrency } = settings;
  if (!dashboard && !alarms) return undefined;
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
      ...topicsByRegion(alarmTopicArns),
      alarmDailySpendUsd,
    },
    opts,
  );
}

/** An alarm can only notify topics of its own region. In a stack in the region of the edge, both lists are the same. */
function topicsByRegion(topics: pulumi.Input<string>[]): Pick<OperationsArgs, "alarmTopicArns" | "edgeAlarmTopicArns"> {
  const split = (arns: readonly string[]) => {
    const ofEdge = arns.filter((arn) => topicRegion(arn) === CLOUDFRONT_REGION);
    const others = arns.filter((arn) => !ofEdge.includes(arn));
    return { alarmTopicArns: others.length > 0 ? others : [...arns], edgeAlarmTopicArns: ofEdge };
  };
  const plain = topics.filter((topic) => typeof topic === "string");
  if (plain.length === topics.length) return split(plain);
  const known = pulumi.all(topics).apply(split);
  return { alarmTopicArns: known.alarmTopicArns, edgeAlarmTopicArns: known.edgeAlarmTopicArns };
}
