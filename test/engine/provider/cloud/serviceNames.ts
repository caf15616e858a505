import { TYPES } from "../../../../local/program/graph";
import type { Thing } from "../kind";

/** Letters that a service takes, at most `longest` of them. */
interface NameRule {
  readonly property: string;
  readonly letters: RegExp;
  readonly longest: number;
}

const rule = (property: string, letters: RegExp, longest: number): NameRule => ({ property, letters, longest });
const WORD = /^[\w-]+$/;
const IAM = /^[\w+=,.@-]+$/;
const ANY = /^[ -~]+$/;

/**
 * What each service takes as a name. Believed: `IAM` `RoleName` and `PolicyName`, Lambda `FunctionName` and `StatementId`, WAF `EntityName`,
 * Cognito `UserPoolNameType`, `ClientNameType` and `DomainType`, AgentCore `AgentRuntimeName`, CloudWatch `AlarmName` and `DashboardName`,
 * Logs `LogGroupName`, SNS `CreateTopic`, S3 "General purpose bucket naming rules", CloudFront's quotas, in the services' API references.
 */
const RULES: Readonly<Record<string, NameRule>> = {
  [TYPES.agentRuntime]: rule("agentRuntimeName", /^[a-zA-Z][a-zA-Z0-9_]*$/, 48),
  [TYPES.alias]: rule("name", WORD, 128),
  [TYPES.apiKey]: rule("name", ANY, 1024),
  [TYPES.authorizer]: rule("name", ANY, 128),
  [TYPES.bucket]: rule("bucket", /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/, 63),
  [TYPES.dashboard]: rule("dashboardName", WORD, 255),
  [TYPES.distribution]: rule("comment", ANY, 128),
  [TYPES.function]: rule("name", WORD, 64),
  [TYPES.ipSet]: rule("name", WORD, 128),
  [TYPES.logGroup]: rule("name", /^[.\-_/#A-Za-z0-9]+$/, 512),
  [TYPES.metricAlarm]: rule("name", ANY, 255),
  [TYPES.model]: rule("name", /^[a-zA-Z0-9]+$/, 255),
  [TYPES.originAccessControl]: rule("name", ANY, 64),
  [TYPES.permission]: rule("statementId", WORD, 100),
  [TYPES.resourceServer]: rule("name", ANY, 256),
  [TYPES.responseHeadersPolicy]: rule("name", WORD, 128),
  [TYPES.role]: rule("name", IAM, 64),
  [TYPES.rolePolicy]: rule("name", IAM, 128),
  [TYPES.securityGroup]: rule("name", /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/, 255),
  [TYPES.topic]: rule("name", WORD, 256),
  [TYPES.usagePlan]: rule("name", ANY, 255),
  [TYPES.userPool]: rule("name", /^[\w\s+=,.@-]+$/, 128),
  [TYPES.userPoolClient]: rule("name", /^[\w\s+=,.@-]+$/, 128),
  [TYPES.userPoolDomain]: rule("domain", /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 63),
  [TYPES.webAcl]: rule("name", WORD, 128),
};

/** @throws Error with the property, if the service does not take the name */
export function refuseName({ type, outputs }: Thing): void {
  const { property, letters, longest } = RULES[type] ?? {};
  if (property === undefined || letters === undefined || longest === undefined) return;
  const name = outputs[property];
  if (typeof name === "string" && (name.length > longest || !letters.test(name))) {
    throw new Error(
      `ValidationException: ${type} ${property} "${name}" has ${String(name.length)} letters; it must have at most ${String(longest)} and match ${String(letters)}.`,
    );
  }
}
