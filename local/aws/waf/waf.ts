import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { containsAddress, parseCidr, type Cidr } from "../../../contract/aws/cidr";
import { text, TYPES, type Graph, type Resource } from "../../program/graph";
import { sendJson } from "../http";
import type { Served } from "../requestLog";
import { RateCounter } from "./rate";

/** The part of a web ACL rule that is evaluated here. */
interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: { readonly block?: { readonly customResponse?: CustomResponse }; readonly count?: object };
  readonly ruleLabels?: readonly { readonly name: string }[];
  readonly statement: Statement;
}

interface Statement {
  readonly sizeConstraintStatement?: {
    readonly comparisonOperator: string;
    readonly size: number;
    readonly fieldToMatch: { readonly body?: { readonly oversizeHandling?: string } };
  };
  readonly ipSetReferenceStatement?: {
    readonly arn: string;
    readonly ipSetForwardedIpConfig?: ForwardedIp & { readonly position: string };
  };
  readonly rateBasedStatement?: {
    readonly limit: number;
    readonly aggregateKeyType: string;
    readonly evaluationWindowSec?: number;
    readonly forwardedIpConfig?: ForwardedIp;
    readonly scopeDownStatement?: Statement;
  };
  readonly labelMatchStatement?: { readonly scope: string; readonly key: string };
  readonly orStatement?: { readonly statements: readonly Statement[] };
  readonly notStatement?: { readonly statement: Statement };
}

interface ForwardedIp {
  readonly headerName: string;
  readonly fallbackBehavior: string;
}

interface CustomResponse {
  readonly responseCode: number;
  readonly customResponseBodyKey?: string;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
}

type Window = Readonly<
  Record<"apiGateway" | "cloudfront", { readonly defaultSizeInspectionLimit?: string } | undefined>
>;

interface AclInputs {
  readonly rules?: readonly Rule[];
  readonly customResponseBodies?: readonly { readonly key: string; readonly content: string }[];
  readonly associationConfig?: { readonly requestBodies?: readonly Window[] };
}

/** The part of a request that a web ACL inspects. */
export interface Inspected {
  readonly bodySize: number;
  readonly address: string;
  readonly headers: IncomingMessage["headers"];
}

export function inspected({ socket, headers }: IncomingMessage, bodySize: number): Inspected {
  return { bodySize, address: socket.remoteAddress ?? "", headers };
}

/**
 * By the service in front of which the web ACL is: the name of its setting for the inspected body size, and the header that its answers
 * refer to as the request id.
 */
const BY_SERVICE = {
  apiGateway: { idHeader: "x-amzn-RequestId" },
  cloudfront: { idHeader: "X-Amz-Cf-Id" },
} as const;

/** A web ACL, as far as it is emulated: rules on addresses, labels, rates, and body size. */
export class WafDouble {
  private readonly acl: AclInputs;
  private readonly rules: readonly Rule[];
  private readonly sets: ReadonlyMap<unknown, readonly Cidr[]>;
  private readonly rates: RateCounter;

  /** @param now milliseconds since the epoch */
  constructor(
    graph: Graph,
    acl: Resource,
    private readonly place: keyof typeof BY_SERVICE,
    now: () => number = Date.now,
  ) {
    this.acl = acl.inputs;
    this.rules = rulesOf(acl);
    this.sets = new Map(graph.all(TYPES.ipSet).map((set) => [set.outputs["arn"], rangesOf(set)]));
    this.rates = new RateCounter(now);
  }

  /** The web ACL that is associated with the stage, or undefined. */
  static of(graph: Graph, stage: Resource): WafDouble | undefined {
    const [association] = graph.where(TYPES.webAclAssociation, "resourceArn", text(stage, "arn"));
    const acl = graph
      .all(TYPES.webAcl)
      .find((resource) => resource.outputs["arn"] === association?.inputs["webAclArn"]);
    return acl && new WafDouble(graph, acl, "apiGateway");
  }

  /** The rule that blocks the request. Rate rules count the request. */
  blocking(request: Inspected): Rule | undefined {
    const labels = new Set<string>();
    return this.rules.find((rule) => {
      if (!isEmulated(rule.statement) || !this.matches(rule.statement, request, labels, rule.name)) return false;
      for (const { name } of rule.ruleLabels ?? []) labels.add(name);
      return rule.action?.block !== undefined;
    });
  }

  /** Answers with the rule's custom response. Undefined if it has none: then the service in front answers with its own. */
  refuse(response: ServerResponse, { name, action }: Rule): Served | undefined {
    const custom = action?.block?.customResponse;
    if (!custom) return undefined;
    const body = this.acl.customResponseBodies?.find(({ key }) => key === custom.customResponseBodyKey)?.content;
    const headers = custom.responseHeaders?.map(({ name: header, value }) => [header, value] as const) ?? [];
    sendJson(response, custom.responseCode, body ?? "", {
      [BY_SERVICE[this.place].idHeader]: randomUUID(),
      ...Object.fromEntries(headers),
    });
    return { status: custom.responseCode, note: `WAF rule ${name}` };
  }

  private matches(statement: Statement, request: Inspected, labels: ReadonlySet<string>, rule: string): boolean {
    const also = (inner: Statement) => this.matches(inner, request, labels, rule);
    const { notStatement, orStatement, labelMatchStatement, ipSetReferenceStatement: set } = statement;
    if (notStatement) return !also(notStatement.statement);
    if (orStatement) return orStatement.statements.some(also);
    if (labelMatchStatement) return labels.has(labelMatchStatement.key);
    if (set) return this.inSet(set, request);
    if (statement.rateBasedStatement) {
      const { scopeDownStatement: scope } = statement.rateBasedStatement;
      return (scope === undefined || also(scope)) && this.exceedsRate(statement.rateBasedStatement, request, rule);
    }
    return statement.sizeConstraintStatement !== undefined && this.hasSize(statement.sizeConstraintStatement, request);
  }

  private inSet(
    { arn, ipSetForwardedIpConfig: forwarded }: NonNullable<Statement["ipSetReferenceStatement"]>,
    request: Inspected,
  ): boolean {
    const ranges = this.sets.get(arn);
    if (!ranges) throw new Error(`A web ACL names the IP set ${arn}, which is not in the stack.`);
    const isIn = (address: string) => ranges.some((range) => containsAddress(range, address));
    if (!forwarded) return isIn(request.address);
    const addresses = forwardedAddresses(request, forwarded.headerName);
    const chosen = { FIRST: addresses.slice(0, 1), LAST: addresses.slice(-1) }[forwarded.position] ?? addresses;
    return chosen.some((address) => (isIP(address) ? isIn(address) : forwarded.fallbackBehavior === "MATCH"));
  }

  // A request without the header is not counted. Of several addresses the first is used.
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html
  private exceedsRate(
    { limit, evaluationWindowSec = 300, forwardedIpConfig: forwarded }: NonNullable<Statement["rateBasedStatement"]>,
    request: Inspected,
    rule: string,
  ): boolean {
    const address = forwarded ? forwardedAddresses(request, forwarded.headerName)[0] : request.address;
    if (address === undefined) return false;
    if (forwarded && !isIP(address)) return forwarded.fallbackBehavior === "MATCH";
    return this.rates.exceeds(`${rule} ${address}`, limit, evaluationWindowSec * 1000);
  }

  private hasSize(
    { comparisonOperator, size, fieldToMatch }: NonNullable<Statement["sizeConstraintStatement"]>,
    { bodySize }: Inspected,
  ): boolean {
    const { oversizeHandling } = fieldToMatch.body ?? {};
    if (bodySize > this.window && oversizeHandling !== undefined) return oversizeHandling === "MATCH";
    return compare(comparisonOperator, Math.min(bodySize, this.window), size);
  }

  /** Number of body bytes that are inspected: 16 KB by default. */
  private get window(): number {
    const [limits] = this.acl.associationConfig?.requestBodies ?? [];
    const kilobytes = /^KB_(\d+)$/.exec(limits?.[this.place]?.defaultSizeInspectionLimit ?? "")?.[1];
    return Number(kilobytes ?? 16) * 1024;
  }
}

/** Names of the declared rules of a web ACL that are not evaluated here. */
export function notEvaluated(acl: Resource): string[] {
  return rulesOf(acl).flatMap(({ name, statement }) => (isEmulated(statement) ? [] : [name]));
}

function rulesOf({ inputs }: Resource): Rule[] {
  const { rules = [] } = inputs as AclInputs;
  return [...rules].sort((a, b) => a.priority - b.priority);
}

/** True if every part of a statement is evaluated here. */
function isEmulated(statement: Statement): boolean {
  const { sizeConstraintStatement, rateBasedStatement: rate, labelMatchStatement: label } = statement;
  if (statement.notStatement) return isEmulated(statement.notStatement.statement);
  if (statement.orStatement) return statement.orStatement.statements.every(isEmulated);
  if (label) return label.scope === "LABEL";
  if (rate) {
    return (
      ["IP", "FORWARDED_IP"].includes(rate.aggregateKeyType) &&
      (rate.scopeDownStatement === undefined || isEmulated(rate.scopeDownStatement))
    );
  }
  return statement.ipSetReferenceStatement !== undefined || sizeConstraintStatement?.fieldToMatch.body !== undefined;
}

function rangesOf({ inputs, name }: Resource): Cidr[] {
  return ((inputs["addresses"] ?? []) as string[]).map((address) => {
    const range = parseCidr(address);
    if (!range) throw new Error(`The IP set "${name}" contains "${address}", which is not a CIDR range.`);
    return range;
  });
}

function forwardedAddresses({ headers }: Inspected, name: string): string[] {
  const value = headers[name.toLowerCase()];
  return value === undefined
    ? []
    : [value]
        .flat()
        .join(",")
        .split(",")
        .map((address) => address.trim());
}

function compare(operator: string, value: number, limit: number): boolean {
  switch (operator) {
    case "GT":
      return value > limit;
    case "GE":
      return value >= limit;
    case "LT":
      return value < limit;
    case "LE":
      return value <= limit;
    case "EQ":
      return value === limit;
    default:
      return value !== limit;
  }
}
