import { keyWalk, type Walk } from "../walk";
import { BOTH } from "./bases";

/** Headers that reach the agent are preflights' business too. */
const WITH_PAGES = { ...BOTH, corsOrigins: ["https://app.example.com"] };

export const CONTENT: readonly Walk[] = [
  keyWalk("payload", BOTH, [
    { allow: ["prompt", "topic"], maxPromptBytes: 1000 },
    { deny: ["secret"], rename: { topic: "subject" } },
    { schema: { properties: { topic: { type: "string" } } } },
  ]),
  keyWalk("maxBodyBytes", BOTH, [20_000, 4_000_000]),
  keyWalk("redaction", BOTH, [
    { detectors: { email: "mask" } },
    { fields: ["prompt"], detectors: {}, patterns: [{ name: "ticket", pattern: "T-[0-9]+", action: "reject" }] },
  ]),
  keyWalk("callerHeader", BOTH, [{ name: "Caller" }, { name: "Caller", value: "hash" }]),
  keyWalk("runtimeUserId", BOTH, [true]),
  keyWalk("events", BOTH, ["text"]),
  keyWalk("agentErrors", BOTH, ["pass"]),
  keyWalk("headerFields", WITH_PAGES, [{ "X-Tenant-Id": "tenant" }, { "X-Tenant-Id": "tenant", "X-Team": "team" }]),
  keyWalk("headerMap", WITH_PAGES, [{ "X-Tenant-Id": "Tenant" }, { "X-Tenant-Id": "Tenant", "X-Team": "Team" }]),
];
