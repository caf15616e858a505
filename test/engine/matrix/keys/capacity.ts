import { journey, keyWalk, walk, type Walk } from "../walk";
import { BOTH, EDGE, REST, URL_DOOR } from "./bases";

const QUOTA = { ...REST, bufferedMaxDurationSeconds: 20 };

export const CAPACITY: readonly Walk[] = [
  keyWalk("maxDurationSeconds", { ...URL_DOOR, doors: ["streamingUrl", "streamingApi"] }, [120, 900]),
  keyWalk("bufferedMaxDurationSeconds", BOTH, [10, 5]),
  keyWalk("memorySizeMb", BOTH, [1024, 256]),
  keyWalk("reservedConcurrency", BOTH, [10, 50, 0]),
  keyWalk("provisionedConcurrency", BOTH, [1, 2]),
  journey("what changes behind an alias", { ...BOTH, provisionedConcurrency: 1 }, [
    { memorySizeMb: 1024 },
    { headerMap: { "X-Tenant-Id": "Tenant" } },
    { agentRuntimeArn: "", agents: { chat: { agentRuntimeArn: BOTH.agentRuntimeArn } } },
  ]),
  journey("an edge in front of an alias", EDGE, [{ provisionedConcurrency: 1 }, { provisionedConcurrency: 2 }]),
  walk("bufferedQuotaSeconds", QUOTA, [
    { bufferedQuotaSeconds: 60 },
    { bufferedQuotaSeconds: 120 },
    { bufferedQuotaSeconds: 120, bufferedMaxDurationSeconds: 90 },
  ]),
];
