import { join } from "node:path";
import { buildSync, type BuildOptions } from "esbuild";

/** The source files, as absolute paths, that have a part in what esbuild makes with these options. */
export function bundledSources(options: BuildOptions & { readonly absWorkingDir: string }): string[] {
  const { metafile } = buildSync({ ...options, metafile: true });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [join(options.absWorkingDir, path)] : [],
    ),
  );
}
