import { API_GATEWAY_THROTTLE, LAMBDA_CONCURRENCY } from "../../contract/aws/limits";
import {
  AGENTCORE_QUOTAS,
  DISTRIBUTION_REQUESTS_PER_SECOND,
  REQUESTS_PER_CONCURRENCY,
} from "../../contract/aws/quotas";
import { DOORS } from "../../contract/wire/doors";
import { MONTH_SECONDS } from "./bill";
import type { DeclaredDoor } from "./declared";
import type { Usage } from "./usage";

/** A limit on the way to the agent. */
export interface Limit {
  readonly name: string;
  /** Requests per second at which it ends the rise, for answers of this length. */
  readonly requestsPerSecond: number;
  readonly raise: string;
}

/** How many answers are open at once. */
export interface Load {
  /** Requests per second: the average of the month, and the busiest minute. */
  readonly rate: { readonly average: number; readonly busiest: number };
  /** Open answers: rate x seconds. */
  readonly streams: { readonly average: number; readonly busiest: number };
}

export function loadOf({ requests, seconds, peak }: Usage): Load {
  const average = requests / MONTH_SECONDS;
  return {
    rate: { average, busiest: average * peak },
    streams: { average: average * seconds, busiest: average * peak * seconds },
  };
}

/** The limits on the way through a door, the lowest first. */
export function limitsOf(door: DeclaredDoor, { seconds, agent }: Usage): readonly Limit[] {
  const { rest } = DOORS[door.name];
  const concurrency = door.reserved ?? LAMBDA_CONCURRENCY.quota;
  const sessionSeconds = agent.requestsPerSession * seconds + agent.idleSeconds;
  const perSession = (sessions: number): number => sessions * agent.requestsPerSession;
  const limits: Limit[] = [
    {
      name:
        door.reserved === undefined
          ? `Lambda: ${concurrency.toLocaleString("en")} concurrent requests of the account (a new account can have 10)`
          : `Lambda: reservedConcurrency ${concurrency.toLocaleString("en")}`,
      requestsPerSecond: Math.min(concurrency / seconds, concurrency * REQUESTS_PER_CONCURRENCY),
      raise:
        door.reserved === undefined
          ? "Service Quotas, AWS Lambda, Concurrent executions (L-B99A9384)"
          : "the key reservedConcurrency, then quota L-B99A9384",
    },
    {
      name: `AgentCore: ${AGENTCORE_QUOTAS.activeSessions.toLocaleString("en")} active sessions of the account`,
      requestsPerSecond: perSession(AGENTCORE_QUOTAS.activeSessions / sessionSeconds),
      raise: "stop sessions (DELETE /sessions/{id}), a shorter idle time of the runtime, or Service Quotas",
    },
    {
      name: "AgentCore: 400 new sessions a minute of an endpoint (container)",
      requestsPerSecond: perSession(AGENTCORE_QUOTAS.newSessionsPerSecond),
      raise: "Service Quotas, Amazon Bedrock AgentCore",
    },
    {
      name: `AgentCore: ${String(AGENTCORE_QUOTAS.invocationsPerSecond)} invocations per second of an agent`,
      requestsPerSecond: AGENTCORE_QUOTAS.invocationsPerSecond,
      raise: "Service Quotas, Amazon Bedrock AgentCore",
    },
  ];
  if (rest)
    limits.push({
      name: `API Gateway: ${API_GATEWAY_THROTTLE.rate.toLocaleString("en")} requests per second of the account`,
      requestsPerSecond: API_GATEWAY_THROTTLE.rate,
      raise: "Service Quotas, Amazon API Gateway, Throttle rate (L-8A5B8E43)",
    });
  if (door.stageRate !== undefined)
    limits.push({
      name: `API Gateway: throttleRateLimit ${door.stageRate.toLocaleString("en")} of the stage`,
      requestsPerSecond: door.stageRate,
      raise: "the key throttleRateLimit",
    });
  if (door.edge)
    limits.push({
      name: `CloudFront: ${DISTRIBUTION_REQUESTS_PER_SECOND.toLocaleString("en")} requests per second of a distribution`,
      requestsPerSecond: DISTRIBUTION_REQUESTS_PER_SECOND,
      raise: "Service Quotas, Amazon CloudFront",
    });
  return limits.sort((a, b) => a.requestsPerSecond - b.requestsPerSecond);
}
