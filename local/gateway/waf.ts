import type { ServerResponse } from "node:http";
import { text, TYPES, type Graph, type Resource } from "../graph/graph";
import { sendJson } from "../http";
import type { Served } from "../requestLog";

/** The part of a web ACL's rule that is evaluated here. */
interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: { readonly block?: { readonly customResponse?: CustomResponse } };
  readonly statement: {
    readonly sizeConstraintStatement?: {
      readonly comparisonOperator: string;
      readonly size: number;
      readonly fieldToMatch: { readonly body?: { readonly oversizeHandling?: string } };
    };
  };
}

interface CustomResponse {
  readonly responseCode: number;
  readonly customResponseBodyKey?: string;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
}

interface AclInputs {
  readonly rules?: readonly Rule[];
  readonly customResponseBodies?: readonly { readonly key: string; readonly content: string }[];
  readonly associationConfig?: {
    readonly requestBodies?: readonly { readonly apiGateway?: { readonly defaultSizeInspectionLimit?: string } }[];
  };
}

/** The web ACL of a stage, as far as it is emulated: rules on the size of the body. */
export class WafDouble {
  private readonly acl: AclInputs;

  private constructor(acl: Resource) {
    this.acl = acl.inputs;
  }

  /** The ACL that is associated with the stage, or undefined. */
  static of(graph: Graph, stage: Resource): WafDouble | undefined {
    const [association] = graph.where(TYPES.webAclAssociation, "resourceArn", text(stage, "arn"));
    const acl = graph
      .all(TYPES.webAcl)
      .find((resource) => resource.outputs["arn"] === association?.inputs["webAclArn"]);
    return acl && new WafDouble(acl);
  }

  /** Names of the rules that are declared but not evaluated here. */
  get notEmulated(): string[] {
    return this.rules
      .filter(({ statement }) => !statement.sizeConstraintStatement?.fieldToMatch.body)
      .map(({ name }) => name);
  }

  /** The rule that blocks a body of this size. */
  blocking(bodySize: number): Rule | undefined {
    return this.rules.find(({ action, statement: { sizeConstraintStatement: size } }) => {
      if (!action?.block || !size?.fieldToMatch.body) return false;
      const { oversizeHandling } = size.fieldToMatch.body;
      if (bodySize > this.window && oversizeHandling !== undefined) return oversizeHandling === "MATCH";
      return compare(size.comparisonOperator, Math.min(bodySize, this.window), size.size);
    });
  }

  /** Answers in the rule's own words; undefined where it has none and API Gateway's WAF_FILTERED applies. */
  refuse(response: ServerResponse, { name, action }: Rule): Served | undefined {
    const custom = action?.block?.customResponse;
    if (!custom) return undefined;
    const body = this.acl.customResponseBodies?.find(({ key }) => key === custom.customResponseBodyKey)?.content;
    const headers = custom.responseHeaders?.map(({ name: header, value }) => [header, value] as const) ?? [];
    sendJson(response, custom.responseCode, body ?? "", Object.fromEntries(headers));
    return { status: custom.responseCode, note: `WAF rule ${name}` };
  }

  private get rules(): Rule[] {
    return [...(this.acl.rules ?? [])].sort((a, b) => a.priority - b.priority);
  }

  /** Bytes of the body that are inspected: 16 KB unless raised. */
  private get window(): number {
    const [limits] = this.acl.associationConfig?.requestBodies ?? [];
    const kilobytes = /^KB_(\d+)$/.exec(limits?.apiGateway?.defaultSizeInspectionLimit ?? "")?.[1];
    return Number(kilobytes ?? 16) * 1024;
  }
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
