import { join } from "node:path";
import { keyWalk, type Walk } from "../walk";
import { BOTH } from "./bases";

const examples = join(__dirname, "..", "..", "..", "..", "examples", "hooks");
const [profile, topic] = ["profile.ts", "topic.ts"].map((file) => join(examples, file));
const table = "arn:aws:dynamodb:us-east-1:123456789012:table/profiles";
const WITH_HOOKS = { ...BOTH, hooks: profile };
const fn = "arn:aws:lambda:us-east-1:123456789012:function:my-hooks";

export const HOOK_WALKS: readonly Walk[] = [
  keyWalk("hooks", BOTH, [profile, topic]),
  keyWalk("hookStatements", WITH_HOOKS, [[{ actions: ["dynamodb:GetItem"], resources: [table] }]]),
  keyWalk("hookFunctionArn", BOTH, [fn, `${fn}:live`]),
  keyWalk("hookTimeoutMs", WITH_HOOKS, [500]),
];
