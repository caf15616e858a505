import { CLOUDFRONT_REGION } from "../../../contract/aws/cloudfront";
import { fine, notChecked, wrong, type Finding } from "../finding";
import type { DoctorStack } from "../stackConfig";
import { ask, isNotFound, type Account } from "./connection";

interface Domain {
  readonly key: "domain" | "edgeDomain";
  readonly name: string;
  readonly certificateArn: string;
  /** The region in which the service looks for the certificate. */
  readonly region: string;
}

/** Certificates with fewer days left are reported. ACM renews its own 60 days before they end. */
const DAYS_LEFT = 14;

/** Whether a certificate's name covers a host: the same name, or a wildcard in place of its first label. */
export function covers(pattern: string, host: string): boolean {
  const [a, b] = [pattern.toLowerCase(), host.toLowerCase()];
  return a === b || (a.startsWith("*.") && b.slice(b.indexOf(".")) === a.slice(1));
}

/** The certificates of the domains. @param now time in milliseconds */
export async function checkCertificates(
  account: Account,
  { settings, region }: DoctorStack,
  now = Date.now(),
): Promise<readonly Finding[]> {
  const { domain, edgeDomain } = settings;
  const domains = (
    [
      ["domain", domain, region],
      ["edgeDomain", edgeDomain, CLOUDFRONT_REGION],
    ] as const
  ).flatMap(([key, { name, certificateArn }, at]): Domain[] =>
    name === undefined || certificateArn === undefined ? [] : [{ key, name, certificateArn, region: at }],
  );
  if (domains.length === 0) return [notChecked("certificate", "The stack has no domain of its own.")];
  return await Promise.all(domains.map((each) => checkCertificate(account, each, now)));
}

async function checkCertificate(
  account: Account,
  { key, name, certificateArn, region }: Domain,
  now: number,
): Promise<Finding> {
  const check = `certificate of ${key}`;
  const [, , , at = "", accountId = ""] = certificateArn.split(":");
  if (accountId !== account.accountId)
    return wrong(check, `${certificateArn} is of the account ${accountId}.`, "Use a certificate of this account.");
  if (at !== region)
    return wrong(check, `It is in ${at}, and the service looks in ${region}.`, `Request one in ${region}.`);
  const asked = await ask(check, "acm:DescribeCertificate", async () => {
    const { ACMClient, DescribeCertificateCommand } = await import("@aws-sdk/client-acm");
    return await new ACMClient({ ...account, region }).send(
      new DescribeCertificateCommand({ CertificateArn: certificateArn }),
    );
  });
  if ("finding" in asked)
    return isNotFound(asked.error)
      ? wrong(check, `${certificateArn} does not exist.`, `Request one in ${region} for ${name}.`)
      : asked.finding;
  const { Status, FailureReason, SubjectAlternativeNames = [], DomainName, NotAfter } = asked.answer.Certificate ?? {};
  if (Status !== "ISSUED") {
    const remedy =
      Status === "PENDING_VALIDATION"
        ? "Create the DNS records that ACM shows for it, and wait."
        : `Request a new one for ${name}.`;
    return wrong(
      check,
      `It is ${Status ?? "without a status"}${FailureReason === undefined ? "" : ` (${FailureReason})`}.`,
      remedy,
    );
  }
  const names = [...new Set([...(DomainName === undefined ? [] : [DomainName]), ...SubjectAlternativeNames])];
  if (!names.some((pattern) => covers(pattern, name)))
    return wrong(check, `It is for ${names.join(", ")}, not for ${name}.`, `Request one for ${name}.`);
  const days = NotAfter === undefined ? Infinity : (NotAfter.getTime() - now) / 86_400_000;
  if (days < DAYS_LEFT) {
    return wrong(
      check,
      days < 0 ? "It has expired." : `It expires in ${days.toFixed(0)} days.`,
      "Renew it: its DNS records may be gone, or it was imported.",
    );
  }
  return fine(check, `ISSUED for ${names.join(", ")}, in ${region}`);
}
