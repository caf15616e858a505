/**
 * Replaces `@smithy/core/event-streams` in the bundle. The runtime's answer is a plain byte stream; only operations that a door never calls
 * use AWS event-stream framing.
 */
export const resolveEventStreamSerdeConfig = <T>(config: T): T => config;
export const eventStreamSerdeProvider = () => ({});
export const EventStreamSerde = undefined;
