import { and, at, entries, is, matches, not, or, some, UNKNOWN, type Truth } from "../model/value";

const REFLECTING_TEMPLATE = /responseOverride\.header\.access-control-allow-origin\s*=\s*["']?\$/i;

/**
 * Whether the header parameters of a response keep browsers' same-origin rule: no echo of the request's origin, and no `*`
 * together with credentials. A text of its own stands in single quotes; all else is taken from somewhere.
 */
export function keepsOrigins(parameters: unknown): Truth {
  const origin = header(parameters, "access-control-allow-origin");
  const credentials = header(parameters, "access-control-allow-credentials");
  return and(
    not(matches(origin, /^(?:method\.request\.|context\.)/i)),
    not(
      and(
        is(origin, (known) => known === "'*'" || known === "*"),
        or(
          is(credentials, (known) => known === true),
          matches(credentials, /^'?true'?$/i),
        ),
      ),
    ),
  );
}

/** A condition that compares the origin with a text of the program's own. */
const COMPARING = /#(?:else)?if\s*\([^)]*(?:==|\.equals\(|\.matches\()/;

/** Whether response templates set the allowed origin to what the request says, without comparing it. */
export function templatesKeepOrigins(templates: unknown): Truth {
  const texts = entries(templates);
  return not(
    some(texts === UNKNOWN ? UNKNOWN : texts.map(([, text]) => text), (text) =>
      and(matches(text, REFLECTING_TEMPLATE), not(matches(text, COMPARING))),
    ),
  );
}

function header(parameters: unknown, name: string): unknown {
  if (parameters === UNKNOWN) return UNKNOWN;
  const key = Object.keys(parameters ?? {}).find((each) => each.toLowerCase().endsWith(`.header.${name}`));
  return key === undefined ? undefined : at(parameters, key);
}
