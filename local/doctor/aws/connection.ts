import type { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { notChecked, type Finding } from "../finding";
import type { DoctorStack } from "../stackConfig";

/** What every client of the SDK is made with. */
export interface Connection {
  readonly credentials: ReturnType<typeof fromNodeProviderChain>;
  readonly maxAttempts: number;
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
}

/** The account in which a stack is looked at. */
export interface Account extends Connection {
  readonly accountId: string;
  readonly partition: string;
}

interface AssumedRole {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
}

/** The roles that the aws provider assumes, in order. https://www.pulumi.com/registry/packages/aws/installation-configuration/ */
function assumedRoles({ assumeRole, assumeRoles }: DoctorStack["aws"]): readonly AssumedRole[] {
  const parse = (text: string): unknown => JSON.parse(text) as unknown;
  return [
    ...(assumeRole === undefined ? [] : [parse(assumeRole) as AssumedRole]),
    ...(assumeRoles === undefined ? [] : (parse(assumeRoles) as AssumedRole[])),
  ];
}

/** Credentials as the aws provider finds them: the SDK's usual chain, `aws:profile`, then the roles that it assumes. */
export async function connect({ aws, region }: DoctorStack): Promise<Connection> {
  const { fromNodeProviderChain: usual, fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  const { profile } = aws;
  let credentials: Connection["credentials"] = usual({ ...(profile !== undefined && { profile }) });
  for (const { roleArn, externalId, sessionName = "doctor" } of assumedRoles(aws)) {
    const params = {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      ...(externalId !== undefined && { ExternalId: externalId }),
    };
    credentials = fromTemporaryCredentials({ masterCredentials: credentials, params, clientConfig: { region } });
  }
  return { credentials, maxAttempts: 2, requestHandler: { connectionTimeout: 5000, requestTimeout: 10_000 } };
}

const DENIED = /AccessDenied|UnauthorizedOperation|NotAuthorized|Forbidden/;
const EXPIRED =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|AuthFailure/;

/** Why a call gave no answer, as a finding. @param action the IAM action of the call */
function noAnswer(check: string, action: string, error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const [said = ""] = message.split("\n");
  if (name === "CredentialsProviderError") return notChecked(check, `There are no credentials: ${said}`);
  if (DENIED.test(name))
    return notChecked(
      check,
      `${action} is denied: ${said}`,
      `Allow ${action}: local/doctor/policy.json has all actions.`,
    );
  if (EXPIRED.test(name)) return notChecked(check, `AWS refuses the credentials: ${said}`, "Sign in again.");
  return notChecked(
    check,
    `${action} did not answer: ${name}: ${said}`,
    "Look at the network and at AWS's status page.",
  );
}

/** Makes a call, and turns a failure into a finding. */
export async function ask<T>(
  check: string,
  action: string,
  call: () => Promise<T>,
): Promise<{ readonly answer: T } | { readonly finding: Finding; readonly error: unknown }> {
  try {
    return { answer: await call() };
  } catch (error) {
    return { finding: noAnswer(check, action, error), error };
  }
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof Error && /NotFound|NoSuchHostedZone/.test(error.name);
