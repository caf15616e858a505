import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { readStack, PROJECT_ROOT } from "../../program/project";
import { text } from "../../program/graph";
import { findingLines, requireNoMandatory } from "../findings";
import type { Change, LocalStack } from "../localStack";
import type { Options } from "../options";
import { runtimeAuthOf, type RunDependencies } from "../run";
import { watchFiles, type Watched } from "./watchFiles";

/** What a reload needs in addition to what a run needs. */
export interface ReloadDependencies extends Pick<RunDependencies, "say" | "record"> {
  /** Starts the sample agent again; undefined for an agent of the user's own. */
  readonly restartAgent?: (() => Promise<void>) | undefined;
  /** Called when the doors may have changed. */
  readonly announce: (running: LocalStack) => void;
}

/** Folders of this project whose files have a part in a stack. */
const SOURCES = [join(PROJECT_ROOT, "functions"), join(PROJECT_ROOT, "contract"), join(PROJECT_ROOT, "components")];
const SAMPLE_AGENT = join(PROJECT_ROOT, "agents", "sample");

/** Runs the program again when a file of it is saved, and serves what it registers from the same ports. */
export class Reloader {
  private waiting = new Set<string>();
  private isBusy = false;
  private isStopped = false;
  private readonly endWatch: () => void;

  constructor(
    private readonly options: Options,
    private readonly running: LocalStack,
    private readonly around: ReloadDependencies,
  ) {
    this.endWatch = watchFiles(watchedFiles(options), (paths) => {
      for (const path of paths) this.waiting.add(path);
      void this.work();
    });
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.endWatch();
    return Promise.resolve();
  }

  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.waiting.size > 0 && !this.isStopped) {
      const paths = [...this.waiting];
      this.waiting.clear();
      await this.reload(paths);
    }
    this.isBusy = false;
  }

  private async reload(paths: readonly string[]): Promise<void> {
    const { say, restartAgent } = this.around;
    const isAgent = (path: string): boolean => path.startsWith(SAMPLE_AGENT + sep);
    const sources = paths.filter((path) => !isAgent(path));
    if (paths.some(isAgent) && restartAgent) {
      say(`Changed: ${names(paths.filter(isAgent))}. The sample agent starts again.`);
      await restartAgent();
    }
    if (sources.length === 0) return;
    say(`Changed: ${names(sources)}. The program runs again.`);
    const startedAt = performance.now();
    try {
      const change = await this.update();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (!this.isStopped) say(`  ${changeText(change)} (${seconds} s)`);
    } catch (error) {
      if (this.isStopped) return;
      const message = error instanceof Error ? error.message : String(error);
      say(
        `  ${message.replaceAll("\n", "\n  ")}\n  What ran before runs on. Correct it and save: the program runs again.`,
      );
    }
  }

  private async update(): Promise<Change> {
    const { stack, configFile, program } = this.options;
    const files = readStack(stack, configFile, program);
    const recording = await this.around.record(files);
    const mandatory = recording.findings.filter(({ level }) => level === "mandatory");
    for (const line of findingLines(mandatory, false)) if (mandatory.length > 0) this.around.say(line);
    requireNoMandatory(mandatory, files.file);
    const change = await this.running.update(recording.resources, runtimeAuthOf(this.options, files));
    this.around.announce(this.running);
    return change;
  }
}

function watchedFiles({ stack, configFile, program }: Options): Watched[] {
  const stackFile = configFile === undefined ? undefined : resolve(configFile);
  const config = stackFile === undefined ? [] : [{ folder: dirname(stackFile), files: [basename(stackFile)] }];
  const sources = [...SOURCES, SAMPLE_AGENT].map((folder) => ({ folder }));
  if (program !== PROJECT_ROOT) return [...sources, { folder: program }, ...config];
  const file = `Pulumi.${stack}.yaml`;
  return [
    ...sources,
    { folder: program, files: ["index.ts", "Pulumi.yaml", file] },
    { folder: join(program, "stacks"), files: [file] },
    ...config,
  ];
}

function names(paths: readonly string[]): string {
  return paths.map((path) => relative(process.cwd(), path)).join(", ");
}

function changeText(change: Change): string {
  if (change.kind === "none") return "Nothing that is deployed has changed.";
  if (change.kind === "resources")
    return "The stack is deployed again. The doors keep their addresses, the caller its key.";
  const functions = change.functions.map((resource) => text(resource, "name")).join(", ");
  return `New code in ${functions}. Answers in progress end with the former code.`;
}
