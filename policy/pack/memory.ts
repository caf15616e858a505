import { isDeepStrictEqual } from "node:util";
import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { Rule, Settings } from "../model/rule";
import { PACK_SETTINGS } from "./packSettings";
import { NOTHING, Run, toResource, toStackResource, type PackState } from "./run";
import { settingsOf, type GivenSettings } from "./settings";

/** What a request is about. */
export type Kind = "resource" | "stack";

/** The key of the request about the whole stack; a resource's is its URN. */
const STACK = "";

/** What the policies of one pack share, within a request and from one to the next. */
export class Memory {
  /** What resources' own validations have reported and the stack's has not seen again: one finding is reported once. */
  readonly reported = new Set<string>();
  /** Reads the settings of `fd-pack`. */
  readPack: (given: Settings) => PackState = () => NOTHING;
  /** How the SDK gives a policy its settings. It says at any time what holds then. */
  private readonly config = new Map<string, () => Settings>();
  private readonly read = new Map<string, { readonly text: string; readonly result: GivenSettings }>();
  /** Requests that are being answered. */
  private readonly runs = new Map<string, Run>();
  private ofKind: Readonly<Record<Kind, readonly Run[]>> = { resource: [], stack: [] };
  /** Whether a resource is being judged of which no rule has anything to say: it shows no sign of an agent. */
  isQuiet = false;
  /** A policy that is called in every request: without one, no other is left out. */
  private anchor: string | undefined;

  /** The run that a call of a policy belongs to; a new one, if it is the first call in a request. */
  enter(policy: string, args: ResourceValidationArgs | StackValidationArgs): Run {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- the SDK's function needs no `this`, and `args` hold the whole stack
    this.config.set(policy, args.getConfig);
    const key = "resources" in args ? STACK : args.urn;
    let run = this.runs.get(key);
    if (!run || run.called.has(policy)) {
      const begun = new Run("resources" in args ? args.resources.map(toStackResource) : toResource(args), this);
      run = begun;
      this.runs.set(key, begun);
      this.update();
      // The SDK answers a request within one turn of the event loop.
      setImmediate(() => {
        if (this.runs.get(key) !== begun) return;
        this.runs.delete(key);
        this.update();
      });
    }
    run.called.add(policy);
    return run;
  }

  private update(): void {
    const [resource, stack]: [Run[], Run[]] = [[], []];
    for (const [key, run] of this.runs) (key === STACK ? stack : resource).push(run);
    this.ofKind = { resource, stack };
    this.isQuiet =
      this.anchor !== undefined &&
      this.knows("fd-pack") &&
      resource.length > 0 &&
      resource.every((run) => !run.isJudgedAlone);
  }

  /** Has a policy called in every request from now on. */
  anchorTo(policy: string): void {
    this.anchor = policy;
  }

  /** The requests of a kind that are being answered. */
  current(kind: Kind): readonly Run[] {
    return this.ofKind[kind];
  }

  knows(policy: string): boolean {
    return this.config.has(policy);
  }

  /**
   * Whether a policy has to be called: it has something to say in a request, or nobody can tell. Several requests at once are
   * one question, since the SDK does not say which one it asks for.
   */
  isNeeded(kind: Kind, policy: string, says: (run: Run) => boolean): boolean {
    const runs = this.current(kind);
    if (runs.length === 0 || this.anchor === undefined || policy === this.anchor) return true;
    return runs.some(says);
  }

  /** The settings of a rule, with the pack's and its own defaults. The engine fills defaults in: what is the default is not set. */
  settingsOf({ id, settings }: Rule): GivenSettings {
    const own = this.readSettings(id, settings);
    const fallback = settings?.["previewSources"]?.default;
    if (fallback === undefined || !isDeepStrictEqual(own.settings["previewSources"], fallback)) return own;
    const { previewSources } = this.readSettings("fd-pack", PACK_SETTINGS).settings;
    if (isDeepStrictEqual(previewSources, PACK_SETTINGS.previewSources.default)) return own;
    return { ...own, settings: { ...own.settings, previewSources } };
  }

  readSettings(policy: string, schemas: Rule["settings"]): GivenSettings {
    const given = this.config.get(policy)?.() ?? {};
    const text = JSON.stringify(given);
    const before = this.read.get(policy);
    if (before?.text === text) return before.result;
    const result = settingsOf(schemas, given);
    this.read.set(policy, { text, result });
    return result;
  }

  packState(): PackState {
    return this.readPack(this.config.get("fd-pack")?.() ?? {});
  }
}
