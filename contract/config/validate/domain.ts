import { DOMAIN_SECURITY_POLICIES } from "../rest";
import type { Settings } from "../settings";
import { HOSTED_ZONE, isObject, shown, unknownKeys } from "./shape";

const KEYS = ["name", "certificateArn", "hostedZoneId", "securityPolicy"];
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const CERTIFICATE = /^arn:aws(?:-[a-z]+)*:acm:([a-z0-9-]+):[0-9]{12}:certificate\/[0-9a-f-]{36}$/;

/** Mistakes in the custom domain of the REST doors. */
export function* domainMistakes(settings: Settings, region: string | undefined): Generator<string> {
  const domain: unknown = settings.domain;
  if (!isObject(domain)) {
    yield `\`domain\` is ${shown(domain)}. Use an object with ${KEYS.join(", ")}, or {} for none.`;
    return;
  }
  if (Object.keys(domain).length === 0) return;
  yield* unknownKeys("domain", domain, KEYS);
  const { name, certificateArn, hostedZoneId, securityPolicy } = domain;

  if (name === undefined) {
    yield "`domain.name` is missing. Set it to the host name that callers use, such as agent.example.com.";
  } else if (typeof name !== "string" || !HOST_NAME.test(name)) {
    yield `\`domain.name\` is ${shown(name)}. Use one host name in lower case, without scheme, path or wildcard, such as agent.example.com.`;
  }

  if (certificateArn === undefined) {
    yield "`domain.certificateArn` is missing. API Gateway serves a domain with a certificate from ACM only: request one for the name and set its ARN.";
  } else {
    const [, certificateRegion] = (typeof certificateArn === "string" && CERTIFICATE.exec(certificateArn)) || [];
    if (certificateRegion === undefined) {
      yield `\`domain.certificateArn\` is ${shown(certificateArn)}, which is not the ARN of an ACM certificate. Use one like arn:aws:acm:us-east-1:123456789012:certificate/ and its id.`;
    } else if (region !== undefined && certificateRegion !== region) {
      yield `\`domain.certificateArn\` is in ${certificateRegion}, but a regional domain needs a certificate in the region of the stack, ${region} (only an edge-optimized domain takes one from us-east-1). Request it there.`;
    }
  }

  if (hostedZoneId !== undefined && (typeof hostedZoneId !== "string" || !HOSTED_ZONE.test(hostedZoneId))) {
    yield `\`domain.hostedZoneId\` is ${shown(hostedZoneId)}, which is no id of a Route 53 hosted zone. Use one like Z1D633PJN98FT9, without /hostedzone/, or leave it out and point the name at the domain yourself.`;
  }
  if (securityPolicy !== undefined && !DOMAIN_SECURITY_POLICIES.includes(securityPolicy as string)) {
    yield `\`domain.securityPolicy\` is ${shown(securityPolicy)}. Use one that refuses TLS 1.1 and older: ${DOMAIN_SECURITY_POLICIES.join(", ")}.`;
  }
  if (settings.privateApi) {
    yield "`domain` is set with `privateApi`, but a regional domain cannot lead to a private API. Leave `domain` out, or set `privateApi` to false.";
  }
}
