import { and, entries, hasUnknown, is, json, list, not, or, some, UNKNOWN, type Truth } from "../model/value";
import {
  allows,
  coversEverything,
  isAbout,
  namesNobody,
  statementsOf,
  type Statement,
  type Statements,
} from "./iamPolicy";
import { isForOthers, namesSome } from "./iamPrincipals";

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
const EVERY_METHOD = /^(?:\*|execute-api:(?:\/?\*)+|arn:[^/]*:execute-api:[^/]*(?:\/\*)+|arn:[^/]*\*)$/;
const INVOKE = "execute-api:Invoke";

/**
 * Whether a resource policy limits who reaches methods without authentication: nobody is allowed without a condition, or all
 * but some are denied. No policy does not.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function restrictsCallers(policy: unknown): Truth {
  const statements = readStatements(policy);
  return and(
    is(statements, (known) => (known as unknown[]).length > 0),
    or(closesTo(statements, CALLER_KEYS), not(opensTo(statements, CALLER_KEYS))),
  );
}

/** Whether a resource policy lets every caller through without a limit, an explicit Deny aside. */
export function opensToAll(policy: unknown): Truth {
  const statements = readStatements(policy);
  return and(not(closesTo(statements, CALLER_KEYS)), opensTo(statements, CALLER_KEYS));
}

/** Whether a resource policy lets in only what comes through VPC endpoints or VPCs that it names. */
export function restrictsEndpoints(policy: unknown): Truth {
  const statements = readStatements(policy);
  return or(
    closesTo(statements, ENDPOINT_KEYS),
    and(
      some(statements, (each) => allows(each as Statement)),
      not(
        some(statements, (each) =>
          and(allows(each as Statement), not(limits(each as Statement, LIMITING_ALLOW, ENDPOINT_KEYS))),
        ),
      ),
    ),
  );
}

/** A text that is no JSON is no policy: AWS refuses it, and nothing is limited. */
function readStatements(policy: unknown): Statements {
  return typeof policy === "string" && json(policy) === undefined ? [] : statementsOf(policy);
}

const opensTo = (statements: Statements, keys: ReadonlySet<string>): Truth =>
  some(statements, (each) => {
    const statement = each as Statement;
    const limited = limits(statement, LIMITING_ALLOW, keys);
    return and(
      allows(statement),
      isForEverybody(statement),
      isAbout(statement, INVOKE),
      not(limited),
      isForEveryMethod(statement),
    );
  });

const closesTo = (statements: Statements, keys: ReadonlySet<string>): Truth =>
  some(statements, (each) => {
    const statement = each as Statement;
    return and(
      is(statement.effect, (known) => String(known).toLowerCase() === "deny"),
      isForEverybody(statement),
      isAbout(statement, INVOKE),
      limits(statement, LIMITING_DENY, keys, "all"),
      isForEveryMethod(statement),
    );
  });

/** Everybody, or everybody but some. */
function isForEverybody(statement: Statement): Truth {
  return or(
    isForOthers(statement),
    namesSome(statement, (principal) => principal === "*"),
  );
}

/** Of a statement for some methods only it is left open whether they are the ones that matter. */
function isForEveryMethod({ resources }: Statement): Truth {
  const every = some(resources ?? [], (resource) => is(resource, (known) => EVERY_METHOD.test(String(known))));
  return every === true || UNKNOWN;
}

/** Whether conditions name callers: of an Allow some condition is enough, of a Deny all have to, since all must hold. */
function limits(
  { condition }: Statement,
  operators: RegExp,
  keys: ReadonlySet<string>,
  which: "some" | "all" = "some",
): Truth {
  if (hasUnknown(condition)) return UNKNOWN;
  const operands = entries(condition) as readonly (readonly [string, unknown])[];
  const conditions = operands.flatMap(([operator, tests]) =>
    (entries(tests) as readonly (readonly [string, unknown])[]).map(([key, value]) => {
      const values = list(value) as readonly unknown[];
      return (
        operators.test(operator) &&
        keys.has(key.toLowerCase()) &&
        !values.some(namesNobody) &&
        !coversEverything(values)
      );
    }),
  );
  return which === "some" ? conditions.includes(true) : conditions.length > 0 && !conditions.includes(false);
}
