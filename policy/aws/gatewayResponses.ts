import type { PolicyGraph, StackResource } from "../model/graph";
import { and, at, entries, is, matches, not, or, some, UNKNOWN, type Truth } from "../model/value";
import { partsOf } from "./apis";
import { openApi } from "./openApi";
import { TYPES } from "./types";

// In a template, and without `$` in a header parameter. `messageString` is `message` in quotes.
const TELLING = /\bcontext\.(?:error\.message|authorizer\b|identity\b)/;

/** Gateway responses that stand in the OpenAPI document of an API. */
export function writtenResponses(api: { readonly props: Readonly<Record<string, unknown>> }): unknown {
  return at(openApi(api.props["body"]), "x-amazon-apigateway-gateway-responses");
}

/** Whether an API has a gateway response of a type, as a resource or in its document. */
export function hasResponse(graph: PolicyGraph, api: StackResource, type: string): Truth {
  return or(
    is(at(writtenResponses(api), type), (known) => known !== undefined),
    ...partsOf(graph, api.urn, TYPES.response, "restApiId").map(({ part, belongs }) =>
      and(
        belongs,
        is(part.props["responseType"], (known) => known === type),
      ),
    ),
  );
}

/** Whether texts of a response are given and say nothing of the caller. Without a template AWS's own text, which does, is sent. */
export function keepsQuiet(templates: unknown): Truth {
  const given = entries(templates);
  return and(
    is(given, (known) => (known as unknown[]).length > 0),
    saysNothing(templates),
  );
}

/** Whether none of some texts names the caller or the cause. */
export function saysNothing(texts: unknown): Truth {
  const given = entries(texts);
  return not(some(given === UNKNOWN ? UNKNOWN : given.map(([, text]) => text), (text) => matches(text, TELLING)));
}
