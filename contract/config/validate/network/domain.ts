import { domainToASCII } from "node:url";
import { CLOUDFRONT_REGION } from "../../../aws/cloudfront";
import { DOMAIN_SECURITY_POLICIES } from "../../keys/rest";
import type { Settings } from "../../settings";
import { isObject, isUnknown, formatValue, validateKnownKeys } from "../shape";

const KEYS = ["name", "certificateArn", "hostedZoneId"];

/** A label: at most 63 letters, digits and hyphens, without a hyphen at its start or end. https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
/**
 * The last label is alphabetic, so that no name looks like an address (RFC 1123), or an international label in its ASCII form (A-label).
 * https://www.rfc-editor.org/rfc/rfc5890#section-2.3.2.1
 */
const LAST_LABEL = "(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])";
/** A host name of at most 253 characters, which are 255 octets on the wire. */
const HOST_NAME = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)+${LAST_LABEL}$`);

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html */
const CERTIFICATE =
  /^arn:aws(?:-[a-z]+)*:acm:([a-z0-9-]+):[0-9]{12}:certificate\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Id of a Route 53 hosted zone, without the prefix /hostedzone/. */
const HOSTED_ZONE = /^Z[A-Z0-9]{1,31}$/;

/** The differences between a domain of API Gateway and one of CloudFront. */
interface Service {
  readonly keys: readonly string[];
  /** Remedy for a value that is not an object. */
  readonly instead: string;
  /** Region in which the certificate must be; undefined if the region of the stack is unknown. */
  readonly certificateRegion: string | undefined;
  /** Why the service needs a certificate, and what to do. */
  readonly missingCertificate: string;
  /** End of a sentence: why the certificate must be in that region, and what to do. */
  readonly otherRegion: string;
}

/** Validates the custom domain of the REST doors. */
export function* validateDomain(settings: Settings, region: string | undefined): Generator<string> {
  const domain: unknown = settings.domain;
  const named = yield* validateCustomDomain("domain", domain, {
    keys: [...KEYS, "securityPolicy", "truststoreUri", "truststoreVersion"],
    instead: `Use an object with ${KEYS.join(", ")}, securityPolicy, or {} for none.`,
    certificateRegion: region,
    missingCertificate:
      "API Gateway serves a domain with a certificate from ACM only: request one for the name and set its ARN.",
    otherRegion: `, but a regional domain needs a certificate in the region of the stack, ${region} (only an edge-optimized domain accepts one from us-east-1). Request it there.`,
  });
  if (!named || !isObject(domain)) return;
  const { securityPolicy, truststoreUri, truststoreVersion } = domain;
  yield* validateTruststore(truststoreUri, truststoreVersion);
  if (securityPolicy !== undefined && !DOMAIN_SECURITY_POLICIES.includes(securityPolicy as string)) {
    yield `\`domain.securityPolicy\` is ${formatValue(securityPolicy)}. Use one that refuses TLS 1.1 and older: ${DOMAIN_SECURITY_POLICIES.join(", ")}.`;
  }
  if (settings.privateApi) {
    yield "`domain` is set with `privateApi`, but a regional domain cannot lead to a private API. Leave `domain` out, or set `privateApi` to false.";
  }
}

/** Bucket and key. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const S3_URI = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/;

/** Validates mutual TLS. */
function* validateTruststore(uri: unknown, version: unknown): Generator<string> {
  if (uri !== undefined && !isUnknown(uri) && (typeof uri !== "string" || !S3_URI.test(uri))) {
    yield `\`domain.truststoreUri\` is ${formatValue(uri)}. Use the S3 URI of a PEM file, such as s3://my-bucket/authorities.pem.`;
  }
  if (version === undefined) return;
  if (uri === undefined) {
    yield "`domain.truststoreVersion` is set without `domain.truststoreUri`. Set the URI, or remove the version.";
  }
  if (typeof version !== "string" || version === "") {
    yield `\`domain.truststoreVersion\` is ${formatValue(version)}. Use the version id of the truststore's object, or leave it out.`;
  }
}

/**
 * Validates the domain of the edge.
 *
 * @returns whether there is a domain
 */
export function validateEdgeDomain(domain: unknown): Generator<string, boolean> {
  return validateCustomDomain("edgeDomain", domain, {
    keys: KEYS,
    instead: `Use { ${KEYS.join(", ")} }, or {} for CloudFront's own domain.`,
    certificateRegion: CLOUDFRONT_REGION,
    missingCertificate:
      "CloudFront answers for a domain only with its certificate: request one of ACM in us-east-1, and name its ARN.",
    otherRegion: `. CloudFront accepts certificates of ${CLOUDFRONT_REGION} only (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html); request or import it there.`,
  });
}

/** @returns whether there is a domain */
function* validateCustomDomain(key: string, domain: unknown, service: Service): Generator<string, boolean> {
  const { keys, certificateRegion } = service;
  if (!isObject(domain)) {
    yield `\`${key}\` is ${formatValue(domain)}. ${service.instead}`;
    return false;
  }
  if (Object.keys(domain).length === 0) return false;
  yield* validateKnownKeys(key, domain, keys);
  const { name, certificateArn, hostedZoneId } = domain;

  if (name === undefined) {
    yield `\`${key}.name\` is missing. Set it to the host name that callers use, such as agent.example.com.`;
  } else if (!isUnknown(name) && !isHostName(name)) {
    yield `\`${key}.name\` is ${formatValue(name)}${asciiForm(name)}. Use one host name in lower case, without scheme, path or wildcard, such as agent.example.com; an international name in its ASCII form, xn--....`;
  }

  if (certificateArn === undefined) {
    yield `\`${key}.certificateArn\` is missing. ${service.missingCertificate}`;
  } else if (!isUnknown(certificateArn)) {
    const [, found] = (typeof certificateArn === "string" && CERTIFICATE.exec(certificateArn)) || [];
    if (found === undefined) {
      yield `\`${key}.certificateArn\` is ${formatValue(certificateArn)}, which is not the ARN of an ACM certificate. Use one like arn:aws:acm:${certificateRegion ?? CLOUDFRONT_REGION}:123456789012:certificate/12345678-1234-1234-1234-123456789012.`;
    } else if (certificateRegion !== undefined && found !== certificateRegion) {
      yield `\`${key}.certificateArn\` is in ${found}${service.otherRegion}`;
    }
  }

  const noZone = typeof hostedZoneId !== "string" || !HOSTED_ZONE.test(hostedZoneId);
  if (hostedZoneId !== undefined && !isUnknown(hostedZoneId) && noZone) {
    yield `\`${key}.hostedZoneId\` is ${formatValue(hostedZoneId)}, which is not the id of a Route 53 hosted zone. Use one like Z0123456789ABCDEFGHIJ, without /hostedzone/, or leave it out and make the records yourself.`;
  }
  return true;
}

/** Whether a value is a host name in lower case whose international labels, if any, can be decoded. */
function isHostName(value: unknown): value is string {
  return typeof value === "string" && HOST_NAME.test(value) && domainToASCII(value) === value;
}

/** ` (did you mean X?)` if the ASCII form of the name is a valid host name; otherwise an empty text. */
function asciiForm(name: unknown): string {
  const ascii = typeof name === "string" ? domainToASCII(name.replace(/\.$/, "")) : "";
  return isHostName(ascii) ? ` (did you mean ${ascii}?)` : "";
}
