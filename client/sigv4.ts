import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { FrontDoorError } from "./errors/error";
import type { Signer } from "./signer";

export type { Signer } from "./signer";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SigV4Options {
  /** `execute-api` for the REST doors, `lambda` for `streamingUrl`. */
  readonly service: "execute-api" | "lambda";
  readonly region: string;
  /**
   * Credentials, or a function that gives them and refreshes them itself, such as one of `@aws-sdk/credential-providers`.
   * @default - the usual places of the AWS CLI: environment, profiles, SSO, roles of containers and instances
   */
  readonly credentials?: AwsCredentials | (() => Promise<AwsCredentials>);
}

/**
 * A signature, for REST doors with `apiAuth: iam` and for `streamingUrl` without an edge. If several signers are given, it is the last.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function sigv4({ service, region, credentials }: SigV4Options): Signer {
  let given = credentials;
  return {
    sign: async ({ method, url, headers, body }) => {
      given ??= await usualCredentials();
      const signer = new SignatureV4({ service, region, credentials: given, sha256: Sha256 });
      const query = Object.fromEntries(url.searchParams);
      const { protocol, hostname, pathname: path } = url;
      const request = { method, protocol, hostname, path, query, headers: { ...headers, host: url.host } };
      try {
        const signed = await signer.sign(body === undefined ? request : { ...request, body });
        // Browsers and Node.js send `host` themselves.
        return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== "host"));
      } catch (cause) {
        throw new FrontDoorError({
          code: "CREDENTIALS_UNAVAILABLE",
          what: "There are no AWS credentials to sign with.",
          remedy: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; for SSO run `aws sso login` first.",
          cause,
        });
      }
    },
  };
}

/** Loaded only if it is needed: it is large, and does not run in a browser. */
async function usualCredentials(): Promise<() => Promise<AwsCredentials>> {
  const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
  return fromNodeProviderChain();
}
