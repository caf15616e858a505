import type { Resource } from "../model/graph";
import { judgeProperty, type Finding } from "../model/rule";
import { is, not, or, some, type Truth } from "../model/value";
import { allows, type Statement, type Values } from "./iamPolicy";

/** Whether a test holds for one of the principals that a statement names, of whatever kind. */
export function namesSome({ principals }: Statement, test: (principal: string) => boolean): Truth {
  return some(principals ?? [], (pair) => {
    const [, values] = pair as readonly [string, Values];
    return some(values, (value) => is(value, (known) => test(String(known))));
  });
}

/** Whether a statement is for all principals but some. */
export function isForOthers({ notPrincipals }: Statement): Truth {
  return is(notPrincipals, (known) => known !== undefined);
}

/** Says that a statement allows all principals but some. */
export function judgeOthers(resource: Resource, statement: Statement): readonly Finding[] {
  return judgeProperty(
    resource,
    `${statement.path}.NotPrincipal`,
    statement.notPrincipals,
    or(not(allows(statement)), not(isForOthers(statement))),
    "the principals that are meant, under `Principal`",
  );
}
