import { OWN } from "./codes";
import { FrontDoorError } from "./error";

interface Details {
  /** In place of the code's own text. */
  readonly what?: string;
  readonly remedy?: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

export function ownError(code: keyof typeof OWN, details: Details = {}): FrontDoorError {
  const [what, remedy] = OWN[code];
  return new FrontDoorError({ code, what, remedy, ...details });
}
