import { journey, keyWalk, type Walk } from "../walk";
import { BOTH, REST, TWO } from "./bases";

const slow = { rateLimit: 1, burstLimit: 2 };

export const THROTTLES: readonly Walk[] = [
  keyWalk("throttleRateLimit", BOTH, [10, 100]),
  keyWalk("throttleBurstLimit", BOTH, [10, 200]),
  keyWalk("methodThrottles", BOTH, [
    { "POST /invoke": slow },
    { "POST /invoke": { rateLimit: 3, burstLimit: 4 }, "ANY /invoke": slow },
    { "ANY /{proxy+}": slow },
  ]),
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
