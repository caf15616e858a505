/** A resource as a rule sees it. Reading an unknown property throws; read through `fact()`. */
export interface PolicyNode {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** Where a property's value came from. */
export interface LinkedNode extends PolicyNode {
  readonly propertyDependencies: Readonly<Record<string, readonly PolicyNode[]>>;
}

/** The resources of a stack, indexed once. */
export class PolicyGraph {
  private readonly byType = new Map<string, LinkedNode[]>();
  private readonly byUrn = new Map<string, LinkedNode>();

  constructor(nodes: readonly LinkedNode[]) {
    for (const node of nodes) {
      this.byUrn.set(node.urn, node);
      const same = this.byType.get(node.type);
      if (same) same.push(node);
      else this.byType.set(node.type, [node]);
    }
  }

  all(type: string): readonly LinkedNode[] {
    return this.byType.get(type) ?? [];
  }

  /** Resources of a type whose outputs flowed into a property. */
  sources(node: LinkedNode, property: string, type: string): readonly LinkedNode[] {
    return (node.propertyDependencies[property] ?? []).flatMap(({ urn }) => {
      const source = this.byUrn.get(urn);
      return source?.type === type ? [source] : [];
    });
  }
}
