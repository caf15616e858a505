import { and, at, hasUnknown, is, json, list, matches, not, or, some, UNKNOWN, type Truth } from "../model/value";

/** What tells callers apart that have not proven who they are: where they come from, or that they have no principal at all. */
const CALLER_KEYS = new Set([
  "aws:sourceip",
  "aws:vpcsourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
]);
const ENDPOINT_KEYS = new Set(["aws:sourcevpc", "aws:sourcevpce"]);

// With `IfExists` and `ForAllValues:` a missing key is a match, which opens an Allow.
const LIMITING_ALLOW = /^(?:ForAnyValue:)?(?:String(?:Equals|Like|EqualsIgnoreCase)|IpAddress|Arn(?:Equals|Like))$/i;
const LIMITING_DENY =
  /^(?:StringNot(?:Equals|Like|EqualsIgnoreCase)|NotIpAddress|ArnNot(?:Equals|Like))(?:IfExists)?$/i;
const EVERY_VALUE = /^\*+$|\/0$/;
const EVERY_METHOD = /^(?:\*|execute-api:(?:\/?\*)+|arn:[^/]*:execute-api:[^/]*(?:\/\*)+|arn:[^/]*\*)$/;

/**
 * Whether a resource policy limits who reaches methods without authentication: nobody is allowed without a condition, or all
 * but some are denied. No policy does not.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function restrictsCallers(policy: unknown): Truth {
  const statements = statementsOf(policy);
  return and(
    is(statements, (known) => (known as unknown[]).length > 0),
    or(
      some(statements, (statement) => closes(statement, CALLER_KEYS)),
      not(some(statements, (statement) => opens(statement, CALLER_KEYS))),
    ),
  );
}

/** Whether a resource policy lets in only what comes through VPC endpoints or VPCs that it names. */
export function restrictsEndpoints(policy: unknown): Truth {
  const statements = statementsOf(policy);
  return or(
    some(statements, (statement) => closes(statement, ENDPOINT_KEYS)),
    and(
      some(statements, (statement) => hasEffect(statement, "Allow")),
      not(
        some(statements, (statement) =>
          and(hasEffect(statement, "Allow"), not(limits(statement, LIMITING_ALLOW, ENDPOINT_KEYS))),
        ),
      ),
    ),
  );
}

function statementsOf(policy: unknown): readonly unknown[] | typeof UNKNOWN {
  return list(at(json(policy), "Statement"));
}

function opens(statement: unknown, keys: ReadonlySet<string>): Truth {
  return and(
    hasEffect(statement, "Allow"),
    isForEverybody(statement),
    isForInvoke(statement),
    not(limits(statement, LIMITING_ALLOW, keys)),
    isForEveryMethod(statement),
  );
}

function closes(statement: unknown, keys: ReadonlySet<string>): Truth {
  return and(
    hasEffect(statement, "Deny"),
    isForEverybody(statement),
    isForInvoke(statement),
    limits(statement, LIMITING_DENY, keys, "all"),
    isForEveryMethod(statement),
  );
}

const hasEffect = (statement: unknown, effect: string): Truth =>
  is(at(statement, "Effect"), (known) => known === effect);

function isForEverybody(statement: unknown): Truth {
  if (at(statement, "NotPrincipal") !== undefined) return UNKNOWN;
  const principal = at(statement, "Principal");
  return or(
    is(principal, (known) => known === "*"),
    some(list(at(principal, "AWS")), (each) => is(each, (known) => known === "*")),
  );
}

function isForInvoke(statement: unknown): Truth {
  if (at(statement, "NotAction") !== undefined) return UNKNOWN;
  return some(list(at(statement, "Action")), (action) =>
    is(action, (known) => typeof known === "string" && wildcard(known).test("execute-api:Invoke")),
  );
}

/** Of a statement for some methods only it is left open whether they are the ones that matter. */
function isForEveryMethod(statement: unknown): Truth {
  const every = some(list(at(statement, "Resource")), (resource) => matches(resource, EVERY_METHOD));
  return every === true || UNKNOWN;
}

/** Whether conditions name callers: of an Allow some condition is enough, of a Deny all have to, since all must hold. */
function limits(
  statement: unknown,
  operators: RegExp,
  keys: ReadonlySet<string>,
  which: "some" | "all" = "some",
): Truth {
  const condition = at(statement, "Condition");
  if (hasUnknown(condition)) return UNKNOWN;
  const conditions = Object.entries((condition ?? {}) as Record<string, object | null>).flatMap(([operator, values]) =>
    Object.entries(values ?? {}).map(
      ([key, value]) =>
        operators.test(operator) &&
        keys.has(key.toLowerCase()) &&
        !(list(value) as readonly unknown[]).some((each) => matches(each, EVERY_VALUE) === true),
    ),
  );
  return which === "some" ? conditions.includes(true) : conditions.length > 0 && !conditions.includes(false);
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "i");
}
