/** What an error says of itself. */
export interface Described {
  readonly code: string | undefined;
  /** Empty if it says nothing that is meant for people. */
  readonly message: string;
  readonly requestId: string | undefined;
}

/** Reads the body of an error: in the catalogue's form, in AWS's, a page of CloudFront, or plain text. */
export function described(body: string): Described {
  if (/^\s*</.test(body)) return describedPage(body);
  let fields: Record<string, unknown> = {};
  try {
    fields = (JSON.parse(body) as typeof fields | null) ?? {};
  } catch {
    // A text.
  }
  const error = (typeof fields["error"] === "object" && fields["error"]) || {};
  const { code, message, request_id } = error as Record<string, unknown>;
  const text = (...values: unknown[]) => values.find((each): each is string => typeof each === "string");
  return {
    code: text(code),
    message: text(message, fields["message"], fields["Message"], body) ?? "",
    requestId: text(request_id),
  };
}

/** A page in HTML: of CloudFront, which has an id at its end, or of any proxy. */
function describedPage(html: string): Described {
  const blocked = /Request blocked/i.test(html);
  const [, requestId] = /Request ID:\s*([\w=-]+)/i.exec(html) ?? [];
  return { code: blocked ? "REQUEST_BLOCKED" : undefined, message: "", requestId };
}
