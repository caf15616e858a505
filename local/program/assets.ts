import * as pulumi from "@pulumi/pulumi";
import type { PlainArchive, PlainFile } from "./archive";
import { Graph, type Resource } from "./graph";

/**
 * The graph without what only the program's process can use: assets and archives become plain data, and the wire format is left out.
 *
 * @throws Error for an asset that is loaded from a URL
 */
export async function plainGraph(graph: Graph): Promise<Graph> {
  const seen = new Map<object, Promise<unknown>>();
  const plain = async (values: Resource["inputs"]): Promise<Resource["inputs"]> => {
    const entries = Object.entries(values).map(async ([key, value]) => {
      if (!isAsset(value)) return [key, value] as const;
      const known = seen.get(value) ?? plainAsset(value);
      seen.set(value, known);
      return [key, await known] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  };
  const resources = graph.resources.map(async (resource) => ({
    ...resource,
    inputs: await plain(resource.inputs),
    outputs: await plain(resource.outputs),
    wire: undefined,
  }));
  return new Graph(await Promise.all(resources));
}

type AnyAsset = pulumi.asset.Asset | pulumi.asset.Archive;

function isAsset(value: unknown): value is AnyAsset {
  return pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value);
}

async function plainAsset(asset: AnyAsset): Promise<PlainArchive> {
  return { files: Object.fromEntries(await filesOf("", asset)) };
}

async function filesOf(path: string, asset: AnyAsset): Promise<[string, PlainFile][]> {
  if (asset instanceof pulumi.asset.StringAsset) return [[path, { text: await asset.text }]];
  if (asset instanceof pulumi.asset.FileAsset || asset instanceof pulumi.asset.FileArchive)
    return [[path, { path: await asset.path }]];
  if (!(asset instanceof pulumi.asset.AssetArchive))
    throw new Error("The local target reads files of this machine only. Use a StringAsset, FileAsset or AssetArchive.");
  const parts = Object.entries(await asset.assets).map(([name, inner]) =>
    filesOf(path === "" ? name : `${path}/${name}`, inner),
  );
  return (await Promise.all(parts)).flat();
}
