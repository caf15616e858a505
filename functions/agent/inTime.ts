import { assertTimeLeft, type Run } from "../handler/run";

/** The last step of a command before the connection, behind the signature. */
export const SENDING = { step: "finalizeRequest", name: "frontDoorDeadline", priority: "low" } as const;

/** Middleware that sends nothing once the deadline has passed: the signature takes time, too. */
export function inTime(run: Run) {
  return <Args, Result>(next: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      assertTimeLeft(run);
      return await next(args);
    };
}
