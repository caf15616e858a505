import { assertTimeLeft, type Run } from "../handler/run";

/** The last step before the connection, after the signature. */
export const AFTER_SIGNING = { step: "finalizeRequest", name: "frontDoorDeadline", priority: "low" } as const;

/** Middleware that sends nothing if the deadline has passed, because signing also takes time. */
export function refuseAfterDeadline(run: Run) {
  return <Args, Result>(next: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      assertTimeLeft(run);
      return await next(args);
    };
}
