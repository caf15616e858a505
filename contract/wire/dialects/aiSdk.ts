import { END, fieldsOf, OTHER, reasoningSaid, textSaid, usageSaid, type Dialect } from "./said";

const TYPES =
  /^(?:(?:text|reasoning)-(?:start|delta|end)|tool-(?:input|output|approval)-[a-z-]+|(?:start|finish)-step|source-(?:url|document)|reasoning-file|message-metadata|data-.+)$/;

/**
 * The UI message stream of Vercel's AI SDK. Its `start`, `finish`, `file` and `abort` are too general to decide a stream.
 * https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
export const aiSdk: Dialect = (value, _event, isDecided) => {
  const { type, delta, messageMetadata } = fieldsOf(value);
  if (typeof type !== "string") return undefined;
  if (isDecided && (type === "finish" || type === "abort"))
    return [...usageSaid(fieldsOf(messageMetadata)["usage"]), ...END];
  if (!TYPES.test(type)) return undefined;
  if (type === "text-delta") return textSaid(delta);
  if (type === "reasoning-delta") return reasoningSaid(delta);
  if (type.startsWith("tool-")) return [{ kind: type.startsWith("tool-output") ? "toolResult" : "toolCall", value }];
  return type.startsWith("data-") ? [{ kind: "state", value }] : OTHER;
};
