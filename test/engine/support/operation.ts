import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation";

/** One step of the engine. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
}

export interface Outcome {
  /** How many resources were, or would be, made, changed, and so on. */
  readonly changes: OpMap;
  /** The engine's steps, those that change nothing left out. */
  readonly steps: readonly Step[];
  /** All that the CLI wrote, and all events of the engine as JSON, but for messages that are there with --debug only. */
  readonly log: string;
}

interface Listener {
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
}

/** Runs an operation of a stack. @throws Error with the engine's whole output, if it fails */
export async function outcome(run: (listener: Listener) => Promise<unknown>): Promise<Outcome> {
  const steps: Step[] = [];
  const written: string[] = [];
  const keep = (text: string) => void written.push(text);
  let changes: OpMap = {};
  // The SDK keeps a stack trace with each output: more than half of the time that a program takes.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const restoreHandlers = handlers();
  try {
    const onEvent = (event: EngineEvent) => {
      const { resourcePreEvent, summaryEvent, diagnosticEvent } = event;
      // The SDK's own messages for its developers: every registration with all its values. The CLI shows them with --debug only.
      if ((diagnosticEvent?.severity as string | undefined) !== "debug") keep(JSON.stringify(event));
      if (summaryEvent) changes = summaryEvent.resourceChanges;
      if (!resourcePreEvent || resourcePreEvent.metadata.op === "same") return;
      const { op, urn, type } = resourcePreEvent.metadata;
      steps.push({ op, urn, type, name: urn.split("::").slice(3).join("::") });
    };
    await run({ onEvent, onOutput: keep, onError: keep });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    restoreHandlers();
  }
  return { changes, steps, log: written.join("\n") };
}

/**
 * Returns what takes away the process's handlers that have come since. If the engine ends while a program waits for it, the SDK's run of the program
 * never ends, and its handlers stay: they would take over, in silence, what later programs and tests throw.
 */
function handlers(): () => void {
  const [exceptions, rejections] = [process.listeners("uncaughtException"), process.listeners("unhandledRejection")];
  return () => {
    for (const each of process.listeners("uncaughtException"))
      if (!exceptions.includes(each)) process.off("uncaughtException", each);
    for (const each of process.listeners("unhandledRejection"))
      if (!rejections.includes(each)) process.off("unhandledRejection", each);
  };
}
