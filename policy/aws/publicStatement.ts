import { and, at, entries, is, json, list, not, or, some, UNKNOWN, type Truth } from "../model/value";

/** The statements of a policy document, text or object; `undefined` where the text is no JSON. */
export function statementsOf(document: unknown): readonly unknown[] | typeof UNKNOWN | undefined {
  const policy = json(document);
  return policy === undefined ? undefined : list(at(policy, "Statement"));
}

/** True for a statement that allows everybody something, from everywhere. */
export function isPublicStatement(statement: unknown): Truth {
  return and(
    is(at(statement, "Effect"), (known) => known === "Allow"),
    or(
      isEverybody(at(statement, "Principal")),
      is(at(statement, "NotPrincipal"), (known) => known !== undefined),
    ),
    not(isNarrowed(at(statement, "Condition"))),
  );
}

/** `"*"`, or a `"*"` under any kind of principal, alone or in a list. */
function isEverybody(principal: unknown): Truth {
  const isStar = (value: unknown): Truth => some(list(value), (each) => is(each, (known) => known === "*"));
  if (typeof principal !== "object" || principal === null || Array.isArray(principal)) return isStar(principal);
  return or(...Object.values(principal).map(isStar));
}

/** Operators under which a value that is missing does not match, and is not another. */
const NARROWING = /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like))$/i;
const KEYS = /^aws:(?:SourceAccount|SourceArn|SourceOrgID|PrincipalAccount|PrincipalArn|PrincipalOrgID|SourceVpce?)$/i;

function isNarrowed(condition: unknown): Truth {
  return anyEntry(condition, (operator, keys) =>
    NARROWING.test(operator) ? anyEntry(keys, (key, values) => KEYS.test(key) && areNarrow(values)) : false,
  );
}

function areNarrow(values: unknown): Truth {
  return and(
    is(list(values), (known) => (known as unknown[]).length > 0),
    not(some(list(values), (value) => is(value, (known) => /^[*?:]*$/.test(String(known))))),
  );
}

function anyEntry(value: unknown, test: (key: string, value: unknown) => Truth): Truth {
  const all = entries(value);
  return all === UNKNOWN ? UNKNOWN : or(...all.map(([key, each]) => test(key, each)));
}
