import { journey, keyWalk, type Walk } from "../walk";
import { BOTH, EDGE, REST, TWO } from "./bases";

const acl = (scope: string, digit: string) =>
  `arn:aws:wafv2:us-east-1:123456789012:${scope}/webacl/mine/${digit.repeat(8)}-1111-2222-3333-444444444444`;
const slow = { rateLimit: 1, burstLimit: 2 };

export const THROTTLES: readonly Walk[] = [
  keyWalk("throttleRateLimit", BOTH, [10, 100]),
  keyWalk("throttleBurstLimit", BOTH, [10, 200]),
  keyWalk("methodThrottles", BOTH, [
    { "POST /invoke": slow },
    { "POST /invoke": { rateLimit: 3, burstLimit: 4 }, "ANY /invoke": slow },
    { "ANY /{proxy+}": slow },
  ]),
  keyWalk("webAclArn", BOTH, [acl("regional", "a"), acl("regional", "b")]),
  keyWalk("edgeWebAclArn", EDGE, [acl("global", "a"), acl("global", "b")]),
  keyWalk("rateLimitPerFiveMinutes", BOTH, [500, 2000]),
  keyWalk("wafRateKey", BOTH, ["forwardedIp"]),
  keyWalk("wafAllowIps", BOTH, [["203.0.113.0/24"], ["203.0.113.0/24", "2001:db8::/32"], ["198.51.100.0/24"]]),
  keyWalk("wafBlockIps", BOTH, [["203.0.113.0/24"], ["2001:db8::/32"], ["198.51.100.0/24", "2001:db8::/32"]]),
  keyWalk("wafLogging", BOTH, [false]),
  journey("throttles of an agent's routes", { ...REST, agents: { chat: { agentRuntimeArn: TWO } } }, [
    { methodThrottles: { "POST /agents/{agent}/invoke": slow } },
    { methodThrottles: { "POST /agents/{agent}/invoke": slow, "POST /invoke": slow } },
  ]),
  journey("throttles and API keys", { ...REST, apiAuth: "apiKey" }, [
    { throttleRateLimit: 20, throttleBurstLimit: 40 },
  ]),
];
