/** A file of an archive: its text, or the path of the file or folder that it copies. */
export type PlainFile = { readonly text: string } | { readonly path: string };

/** An archive of the program as plain data, which can be sent to another process. */
export interface PlainArchive {
  /** By path in the archive; the path "" is the archive itself. */
  readonly files: Readonly<Record<string, PlainFile>>;
}

/** The archive in an input; undefined if it is none that the local target can unpack. */
export function plainArchive(input: unknown): PlainArchive | undefined {
  return input instanceof Object && "files" in input ? (input as PlainArchive) : undefined;
}
