import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { KMS_DELETION_DAYS } from "../../contract/aws/kms";
import { awsContext } from "../shared/awsContext";

/**
 * The KMS key from which a function behind an anonymous edge derives the key of its session ids. KMS keeps its material, so it is in no state, log or
 * environment. Its policy leaves the use to IAM policies of the account, as the default one does.
 * https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html
 */
export function createSessionKey(name: string, opts: pulumi.CustomResourceOptions & pulumi.InvokeOptions): aws.kms.Key {
  const { partition, accountId } = awsContext(opts);
  return new aws.kms.Key(
    `${name}-session-key`,
    {
      description: "Signs the session ids of the public edge. Without it every session id stops working.",
      keyUsage: "GENERATE_VERIFY_MAC",
      customerMasterKeySpec: "HMAC_256",
      deletionWindowInDays: KMS_DELETION_DAYS,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AccountDecides",
            Effect: "Allow",
            Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
        ],
      }),
    },
    opts,
  );
}

/** The statement that allows a function to compute MACs with that key, and nothing else. */
export function signIdsStatement({ arn }: aws.kms.Key) {
  return { Sid: "SignSessionIds", Effect: "Allow", Action: ["kms:GenerateMac"], Resource: arn };
}
