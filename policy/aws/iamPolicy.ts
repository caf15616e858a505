import { and, entries, every, is, json, list, not, or, some, UNKNOWN, type Truth } from "../model/value";

/** The values of an element: a list, whichever way they were written. */
export type Values = readonly unknown[] | typeof UNKNOWN;

/** A statement of an IAM policy document. An element that is not there is `undefined`, one that may be there `UNKNOWN`. */
export interface Statement {
  /** For ids of findings, for example `Statement[0]`. */
  readonly path: string;
  readonly effect: unknown;
  readonly actions: Values | undefined;
  readonly notActions: Values | undefined;
  readonly resources: Values | undefined;
  readonly notResources: Values | undefined;
  /** Principals by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`; a bare `*` is of the kind `*`. */
  readonly principals: readonly (readonly [kind: string, Values])[] | typeof UNKNOWN | undefined;
  readonly notPrincipals: unknown;
  readonly condition: unknown;
}

export type Statements = readonly Statement[] | typeof UNKNOWN;

/**
 * The statements of a policy document, which is JSON text or an object. A text that is no JSON cannot be read, so it is unknown;
 * a document that is not there has no statements.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function statementsOf(document: unknown): Statements {
  const parsed = json(document);
  if (parsed === undefined && document !== undefined) return UNKNOWN;
  const statements = list(element(parsed, "Statement"));
  return statements === UNKNOWN ? UNKNOWN : statements.map(statement);
}

function statement(written: unknown, index: number): Statement {
  const values = (name: string): Values | undefined => {
    const value = element(written, name);
    return value === undefined ? undefined : list(value);
  };
  return {
    path: `Statement[${index}]`,
    effect: element(written, "Effect"),
    actions: values("Action"),
    notActions: values("NotAction"),
    resources: values("Resource"),
    notResources: values("NotResource"),
    principals: principals(element(written, "Principal")),
    notPrincipals: element(written, "NotPrincipal"),
    condition: element(written, "Condition"),
  };
}

/** Names of elements are found in any case, and all of one name together: a rule must not miss what AWS may take. */
function element(container: unknown, name: string): unknown {
  const own = entries(container);
  if (own === UNKNOWN) return UNKNOWN;
  const values = own.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value ?? undefined);
  if (values.length < 2) return values[0];
  if (values.includes(UNKNOWN)) return UNKNOWN;
  return values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
}

function principals(written: unknown): Statement["principals"] {
  if (written === undefined) return undefined;
  if (typeof written === "string") return [["*", [written]]];
  const kinds = entries(written);
  return kinds === UNKNOWN ? UNKNOWN : kinds.map(([kind, value]) => [kind, list(value)] as const);
}

/**
 * True for a pattern of IAM, with `*` and `?`, that matches a text. Without regard to case, as actions are compared. In one pass: a
 * star that matched too little takes one character more.
 */
export function matches(pattern: unknown, text: string): boolean {
  if (typeof pattern !== "string") return false;
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let [at, star, resume] = [0, -1, 0];
  for (let index = 0; index < given.length;) {
    if (wanted[at] === "*") {
      star = at++;
      resume = index;
    } else if (wanted[at] === "?" || wanted[at] === given[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  return /^\**$/.test(wanted.slice(at));
}

/** Whether a statement allows anything at all. */
export function allows({ effect }: Statement): Truth {
  return is(effect, (known) => String(known).toLowerCase() === "allow");
}

/** Whether a statement is about an action, given by its full name. */
export function isAbout({ actions, notActions }: Statement, action: string): Truth {
  const named = (patterns: Values) => some(patterns, (pattern) => is(pattern, (known) => matches(known, action)));
  return or(actions === undefined ? false : named(actions), notActions === undefined ? false : not(named(notActions)));
}

/** Whether a statement allows one of some actions. */
export function allowsSome(each: Statement, actions: readonly string[]): Truth {
  return and(allows(each), or(...actions.map((action) => isAbout(each, action))));
}

/**
 * Whether every value of an element is covered by some pattern, so that nothing else is meant: a wildcard in a value is covered
 * only by a pattern's `*`.
 */
export function within(values: Values | undefined, patterns: readonly string[]): Truth {
  if (values === undefined) return false;
  const covers = (pattern: string, value: string) =>
    (!/[*?]/.test(value) || !pattern.includes("?")) && matches(pattern, value);
  return every(values, (value) =>
    is(value, (known) => typeof known === "string" && patterns.some((pattern) => covers(pattern, known))),
  );
}

/** True for a resource that stands for everything, or for everything of a kind: `*`, `arn:aws:s3:::*`, `…:role/*`. */
function isEverything(resource: unknown): boolean {
  return typeof resource === "string" && /(?:^|[:/])[*?]*\*[*?]*$/.test(resource);
}

/** True for a resource that stands for more than one by a wildcard, as `role/front-door*`. */
export function isPrefix(resource: unknown): boolean {
  return typeof resource === "string" && /[*?]/.test(resource);
}

/** Whether a statement is about resources without a bound. */
export function isUnbounded({ resources, notResources }: Statement): Truth {
  return or(
    resources === undefined ? false : some(resources, (resource) => is(resource, isEverything)),
    notResources === undefined ? false : is(notResources, () => true),
  );
}

/** Whether address ranges are all of them together: `0.0.0.0/0`, or halves of it side by side. */
export function coversEverything(ranges: readonly unknown[]): boolean {
  return [32, 128].some((bits) => {
    const shares = ranges.flatMap((range) => {
      const [, address = "", length = ""] = /^([\da-f.:]+)\/(\d+)$/i.exec(String(range)) ?? [];
      return length !== "" && address.includes(":") === (bits === 128) ? [2 ** -Number(length)] : [];
    });
    return shares.reduce((sum, share) => sum + share, 0) >= 1;
  });
}

/** True for a value that names nobody: wildcards alone, or a kind of id with a wildcard behind it, as `vpce-*`. */
export function namesNobody(value: unknown): boolean {
  const text = String(value);
  return /^[*?:]*$|^arn:[*?:]*$|^(?:vpce?|o|ou|r)-[*?]*\*$/.test(text) || coversEverything([text]);
}

/** Operators that only hold for a key that is there and has one of the values. */
const NARROWING =
  /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|IpAddress|NumericEquals)$/i;

/** Whether a condition holds only for named values of one of some keys. `…IfExists`, negations and bare wildcards do not bind. */
export function isBoundBy(condition: unknown, keys: readonly string[]): Truth {
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  const named = (value: unknown) => is(value, (known) => !namesNobody(known));
  return some(entries(condition), (operator) => {
    const [name, tests] = operator as readonly [string, unknown];
    if (!NARROWING.test(name)) return false;
    return some(entries(tests), (test) => {
      const [key, values] = test as readonly [string, unknown];
      const all = list(values);
      return (
        wanted.has(key.toLowerCase()) &&
        and(
          is(all, (known) => (known as unknown[]).length > 0 && !coversEverything(known as unknown[])),
          every(all, named),
        )
      );
    });
  });
}
