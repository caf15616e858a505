import { always, journey, keyWalk, walk, type Walk } from "../walk";
import { BOTH, ONE, REST, THREE, TWO, UNLOCKED } from "./bases";

const NAMED_ONLY = {
  doors: BOTH.doors,
  callers: BOTH.callers,
  lockRuntime: true,
  agents: { other: { agentRuntimeArn: TWO } },
};
const agents = (byName: Record<string, string>) => ({
  agents: Object.fromEntries(Object.entries(byName).map(([name, agentRuntimeArn]) => [name, { agentRuntimeArn }])),
});

export const AGENT: readonly Walk[] = [
  keyWalk("qualifier", BOTH, ["live", "next"]),
  keyWalk("canary", BOTH, [
    { qualifier: "next", weight: 10 },
    { qualifier: "next", weight: 50 },
    { qualifier: "other", weight: 50 },
  ]),
  keyWalk("dialect", BOTH, ["strands", "agUi"]),
  keyWalk("answer", BOTH, [{ text: "delta.text" }, { text: "token" }]),
  keyWalk("stopSession", BOTH, [false]),
  keyWalk("breakGlassPrincipals", BOTH, [
    ["arn:aws:iam::123456789012:role/admin"],
    ["arn:aws:iam::123456789012:role/admin", "arn:aws:iam::123456789012:user/oncall"],
    ["arn:aws:iam::123456789012:user/oncall"],
  ]),
  always(
    walk("agents", BOTH, [
      agents({ billing: TWO }),
      agents({ invoices: TWO }),
      agents({ invoices: TWO, search: TWO }),
      agents({ search: TWO }),
      agents({ search: THREE }),
      agents({ search: THREE, billing: TWO }),
      agents({ search: TWO, billing: THREE }),
      agents({ search: ONE, billing: THREE }),
      {
        agents: {
          search: {
            ...{ agentRuntimeArn: ONE, qualifier: "live", canary: { qualifier: "next", weight: 5 } },
            dialect: "strands",
          },
        },
      },
      { agents: { search: { agentRuntimeArn: ONE, answer: { text: "delta.text" } } } },
    ]),
  ),
  journey("the runtime behind /invoke that becomes a named agent's and comes back", BOTH, [
    { agentRuntimeArn: "", ...agents({ chat: ONE }) },
    { agentRuntimeArn: TWO, ...agents({ chat: ONE }) },
    { agentRuntimeArn: ONE, ...agents({ chat: TWO }) },
  ]),
  journey("the last agent that goes while callers come to prove who they are in another way", REST, [
    { apiAuth: "apiKey", ...agents({ chat: TWO }) },
    { apiAuth: "jwt", jwt: { issuer: "https://login.example.com/", audience: ["agent"] } },
    { apiAuth: "apiKey", ...agents({ chat: TWO }) },
  ]),
  keyWalk("agentRuntimeArn", NAMED_ONLY, [ONE, THREE, TWO]),
  keyWalk("sampleAgent", NAMED_ONLY, [true]),
  keyWalk("lockRuntime", UNLOCKED, [true]),
  keyWalk("runtimeAuth", UNLOCKED, ["oauth"]),
];
