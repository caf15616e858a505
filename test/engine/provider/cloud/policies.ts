import { BlockList, isIPv6 } from "node:net";
import { matches } from "../../../../local/aws/iam/iam";

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

/** A request as a policy sees it. */
export interface PolicyRequest {
  /** ARN of who signed; undefined for an unsigned request. */
  readonly principalArn?: string | undefined;
  readonly action: string;
  readonly resource: string;
  /** Condition keys that are there, beside `aws:PrincipalArn`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Operators by what they say of one value and of the key's; a negated one is true if the key is absent. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html (believed) */
const OPERATORS: Readonly<Record<string, (wanted: readonly string[], given: string) => boolean>> = {
  Bool: (wanted, given) => wanted.includes(given),
  StringEquals: (wanted, given) => wanted.includes(given),
  ArnEquals: (wanted, given) => matches([...wanted], given),
  ArnLike: (wanted, given) => matches([...wanted], given),
  IpAddress: (wanted, given) => wanted.some((range) => isIn(range, given)),
};

export function isDenied(document: PolicyDocument, request: PolicyRequest): boolean {
  return applying(document, request).some(({ Effect }) => Effect === "Deny");
}

export function isAllowed(document: PolicyDocument, request: PolicyRequest): boolean {
  return applying(document, request).some(({ Effect }) => Effect === "Allow");
}

function applying({ Statement: statements }: PolicyDocument, request: PolicyRequest): readonly Statement[] {
  return statements.filter(
    ({ Principal, Action, Resource, Condition = {} }) =>
      names(Principal, request.principalArn) &&
      matches([Action].flat(), request.action) &&
      matches([Resource].flat(), request.resource) &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => holds(operator, key, [wanted].flat(), request)),
      ),
  );
}

function names(principal: Statement["Principal"], principalArn: string | undefined): boolean {
  if (principal === "*") return true;
  const account = principalArn?.split(":")[4] ?? "none";
  return [principal.AWS]
    .flat()
    .some(
      (each) => each === "*" || each === principalArn || each === account || each.endsWith(`:iam::${account}:root`),
    );
}

/** @throws Error for an operator that is not evaluated: a guess could open what AWS closes */
function holds(operator: string, key: string, wanted: readonly string[], request: PolicyRequest): boolean {
  const context: Readonly<Record<string, string | undefined>> = {
    ...request.context,
    "aws:PrincipalArn": request.principalArn,
  };
  const given = context[key];
  const isNegated = /^(String|Arn|)Not/.test(operator);
  const evaluate = OPERATORS[operator.replace("Not", "")];
  if (!evaluate) throw new Error(`The model does not evaluate the condition operator ${operator}.`);
  if (given === undefined) return isNegated;
  return evaluate(wanted, given) !== isNegated;
}

function isIn(range: string, address: string): boolean {
  const [network = "", bits] = range.split("/");
  const family = isIPv6(network) ? "ipv6" : "ipv4";
  if ((isIPv6(address) ? "ipv6" : "ipv4") !== family) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits ?? (family === "ipv6" ? 128 : 32)), family);
  return list.check(address, family);
}
