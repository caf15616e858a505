import { assertTimeLeft, type Run } from "../handler/run";

/** Headers that are set in this step are signed. */
const SIGNED = { step: "build", name: "frontDoorHeaders", priority: "high" } as const;

/** The last step before the connection, after the signature. */
const AFTER_SIGNING = { step: "finalizeRequest", name: "frontDoorDeadline", priority: "low" } as const;

/** The part that all commands of the SDK have. */
interface Extensible {
  readonly middlewareStack: {
    add(middleware: ReturnType<typeof withHeaders>, step: typeof SIGNED): void;
    add(middleware: ReturnType<typeof refuseAfterDeadline>, step: typeof AFTER_SIGNING): void;
  };
}

/** A command with signed headers, which is not sent after the deadline. */
export function prepared<Command extends Extensible>(
  command: Command,
  headers: Readonly<Record<string, string>>,
  run: Run,
): Command {
  command.middlewareStack.add(withHeaders(headers), SIGNED);
  command.middlewareStack.add(refuseAfterDeadline(run), AFTER_SIGNING);
  return command;
}

/** Middleware that sets headers on one command. Headers on the client would also be sent with other callers' requests. */
function withHeaders(headers: Readonly<Record<string, string>>) {
  return <Args extends { request: unknown }, Result>(next: (args: Args) => Promise<Result>) =>
    (args: Args): Promise<Result> => {
      Object.assign((args.request as { headers: Record<string, string> }).headers, headers);
      return next(args);
    };
}

/** Middleware that sends nothing if the deadline has passed, because signing also takes time. */
function refuseAfterDeadline(run: Run) {
  return <Args, Result>(next: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      assertTimeLeft(run);
      return await next(args);
    };
}
