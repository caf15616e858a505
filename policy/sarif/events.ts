/** A finding in the engine's events. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go */
export interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName: string;
  readonly policyPackVersion?: string;
  readonly enforcementLevel: string;
  readonly severity?: string;
}

/**
 * The findings in a stream of engine events: one JSON object a line, as `pulumi policy analyze --json` and a streaming
 * `pulumi preview --json` write them, or a JSON array of events, as a program of the Automation API collects them.
 *
 * @throws Error naming the line and the remedy, where the text is something else
 */
export function readPolicyEvents(text: string): readonly PolicyEvent[] {
  return readEvents(text).flatMap((event) => {
    const { policyEvent } = event as { policyEvent?: PolicyEvent };
    // What a run judges is no finding.
    return policyEvent && policyEvent.policyName !== "fd-pack-scope" ? [policyEvent] : [];
  });
}

function readEvents(text: string): readonly object[] {
  const trimmed = text.trim();
  if (trimmed.startsWith("[")) return parse(trimmed, "The input") as object[];
  const events = trimmed
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, index) => {
      const event = parse(line, `Line ${index + 1}`);
      if (typeof event !== "object" || event === null)
        throw new Error(`Line ${index + 1} is no engine event. ${REMEDY}`);
      return event;
    });
  if (!events.some((event) => "sequence" in event))
    throw new Error(`The input has no engine event${events.length === 0 ? ": it is empty" : ""}. ${REMEDY}`);
  return events;
}

const REMEDY =
  "Give the output of `pulumi policy analyze --json`, or of `pulumi preview --json` with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true.";

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${what} is not JSON: ${(error as Error).message}. ${REMEDY}`, { cause: error });
  }
}
