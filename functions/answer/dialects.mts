export { DialectReader } from "../../contract/wire/dialects/reader.js";
export { lastEvent } from "../../contract/wire/lastEvent.js";
