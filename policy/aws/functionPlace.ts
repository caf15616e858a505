import type { Resource } from "../model/graph";

/** Where a function is, as far as that is known. */
export interface Place {
  readonly partition: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** The ARN of a function is known once it exists, that of its role before, and its region wherever it is given. */
export function placeOf({ props }: Pick<Resource, "props">): Place {
  const [, partition, region, account] = match(/^arn:([\w-]+):lambda:([\w-]+):(\d{12}):/, props["arn"]);
  const [, rolePartition, roleAccount] = match(/^arn:([\w-]+):iam::(\d{12}):/, props["role"]);
  const given = props["region"];
  return {
    partition: partition ?? rolePartition,
    region: region ?? (typeof given === "string" ? given : undefined),
    account: account ?? roleAccount,
  };
}

const match = (pattern: RegExp, text: unknown): readonly (string | undefined)[] =>
  (typeof text === "string" ? pattern.exec(text) : undefined) ?? [];
