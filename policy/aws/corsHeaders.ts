import { and, at, entries, is, not, some, UNKNOWN, type Truth } from "../model/value";

const REFLECTING_TEMPLATE = /responseOverride\.header\.access-control-allow-origin\s*=\s*["']?\$/i;

/**
 * Whether the header parameters of a response keep browsers' same-origin rule: no echo of the request's origin, and no `*`
 * together with credentials. A text of its own stands in single quotes; all else is taken from somewhere.
 */
export function keepsOrigins(parameters: unknown): Truth {
  const origin = header(parameters, "access-control-allow-origin");
  const credentials = header(parameters, "access-control-allow-credentials");
  return and(
    is(origin, (known) => typeof known !== "string" || !/^(?:method\.request\.|context\.)/i.test(known)),
    not(
      and(
        is(origin, (known) => known === "'*'" || known === "*"),
        is(credentials, (known) => /^'?true'?$/i.test(String(known))),
      ),
    ),
  );
}

/** Whether response templates set the allowed origin to what the request says, without a condition. */
export function templatesKeepOrigins(templates: unknown): Truth {
  const texts = entries(templates);
  return not(
    some(texts === UNKNOWN ? UNKNOWN : texts.map(([, text]) => text), (text) =>
      is(text, (known) => REFLECTING_TEMPLATE.test(String(known)) && !String(known).includes("#if")),
    ),
  );
}

function header(parameters: unknown, name: string): unknown {
  if (parameters === UNKNOWN) return UNKNOWN;
  const key = Object.keys(parameters ?? {}).find((each) => each.toLowerCase().endsWith(`.header.${name}`));
  return key === undefined ? undefined : at(parameters, key);
}
