import { TYPES } from "../aws/types";
import type { PolicyGraph, StackResource } from "../model/graph";
import { eachText } from "./texts";

const ARN = /\barn:aws[\w-]*:([\w-]+):[\w-]*:(\d{12}):([^\s"',\\}\]]*)/g;
const IMAGE = /\b(\d{12})\.dkr\.ecr\./g;
const QUEUE = /\bsqs\.[\w-]+\.amazonaws\.com\/(\d{12})\//g;
/** An account that stands for itself, in a property or in a policy document. */
const NAMING = /^(?:principal|sourceAccount|awsAccountId|AWS|accountId)$/;
const IN_DOCUMENT = /"(?:AWS|aws:SourceAccount|aws:PrincipalAccount)"\s*:\s*\[?\s*"(\d{12})"/g;

/** Variables for agents, of which another rule says which accounts they may name. */
const AGENTS = new Set(["AGENT_RUNTIME_ARN", "AGENTS"]);

/** Services of web ACLs, logs and alarms, which a platform team may look after in an account of its own. */
const OF_PLATFORMS: ReadonlySet<string> = new Set(["wafv2", "logs", "firehose", "s3", "sns", "cloudwatch"]);

/** The accounts that are the stack's own: by the ARNs that AWS gave its resources, and by a setting. */
export function ownAccounts(graph: PolicyGraph): { readonly accounts: ReadonlySet<string>; readonly known: boolean } {
  return graph.once("own accounts", () => {
    const accounts = new Set(graph.context.accounts);
    for (const { props } of graph.resources) {
      const { arn } = props;
      const [, , account] = typeof arn === "string" ? (/^arn:aws[\w-]*:([\w-]+):[\w-]*:(\d{12}):/.exec(arn) ?? []) : [];
      if (account !== undefined) accounts.add(account);
    }
    // Before anything is made, the agents that functions call and roles are for are taken for one's own.
    if (accounts.size === graph.context.accounts.length)
      for (const resource of graph.resources)
        eachText(resource, (text, key) => {
          if (!AGENTS.has(key) && !resource.type.startsWith("aws:iam/")) return;
          for (const [, service, account = ""] of text.matchAll(ARN))
            if (service === "bedrock-agentcore") accounts.add(account);
        });
    return { accounts, known: accounts.size > 0 };
  });
}

/** An account that a resource names. */
export interface Named {
  readonly account: string;
  /** Top-level property that it stands in. */
  readonly property: string;
}

/** The accounts that a resource names, each once for a property. Layers are judged by a rule of their own. */
export function accountsIn(graph: PolicyGraph, { type, props }: StackResource): readonly Named[] {
  // The callers that an API's own policy names are meant, and another rule judges whom it lets in.
  if (type === TYPES.restApiPolicy) return [];
  const { webAcls, logging, alarms, accounts } = graph.context.managedElsewhere;
  const elsewhere = new Set([...webAcls, ...logging, ...alarms]);
  const found = new Map<string, Named>();
  const add = (account: string, property: string) => found.set(`${property} ${account}`, { account, property });
  eachText({ props }, (text, key, property) => {
    if (AGENTS.has(key) || elsewhere.has(text)) return;
    for (const [, service = "", account = "", rest = ""] of text.matchAll(ARN)) {
      const isTeams = accounts.includes(account) && OF_PLATFORMS.has(service);
      if (!rest.startsWith("layer:") && !isTeams) add(account, property);
    }
    for (const pattern of [IMAGE, QUEUE, IN_DOCUMENT])
      for (const [, account = ""] of text.matchAll(pattern)) add(account, property);
    if (NAMING.test(key) && /^\d{12}$/.test(text)) add(text, property);
  });
  return [...found.values()];
}
