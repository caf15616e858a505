/**
 * Stands in for `@smithy/core/event-streams` in the bundle. The runtime's answer is a stream of bytes; the AWS event-stream framing
 * belongs to operations that a door never calls.
 */
export const resolveEventStreamSerdeConfig = <T>(config: T): T => config;
export const eventStreamSerdeProvider = () => ({});
export const EventStreamSerde = undefined;
