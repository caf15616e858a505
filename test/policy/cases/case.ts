import type { Declared } from "../support/declare";
import type { Recorded } from "./recorded";

/** `stops`: mandatory. `says`: advisory at least. `silent`: no new finding. */
export type Wanted = "stops" | "says" | "silent";

/** One change to a recorded program, and what the pack has to say of it in preview and in update. */
export interface Change {
  readonly title: string;
  /** A file of stacks/, or "alone" for a program without resources. */
  readonly stack: string;
  readonly wanted: Wanted;
  /** In a preview, if that differs: a value that is not known yet is judged in the update. */
  readonly inPreview?: Wanted;
  /** The rules that are about it, of which one has to speak; empty for `silent`. */
  readonly rules: readonly string[];
  /** Changes the program, and returns what is added to it. */
  readonly change: (program: Recorded) => readonly Declared[];
  /** Settings beside the defaults or those of prod.json. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Changing = Change["change"];

/** A change that has to stop the update. */
export const stops = (stack: string, title: string, rules: string, change: Changing): Change => {
  return { title, stack, wanted: "stops", rules: rules.split(" "), change };
};

/** A change that hangs on a value that a preview does not know: it is said there, and stops the update. */
export const stopsLater = (stack: string, title: string, rules: string, change: Changing): Change => {
  return { ...stops(stack, title, rules, change), inPreview: "says" };
};

/** A change that has to be said, at least as not proven. */
export const says = (stack: string, title: string, rules: string, change: Changing): Change => {
  return { title, stack, wanted: "says", rules: rules.split(" "), change };
};

/** A change that is right. */
export const silent = (stack: string, title: string, change: Changing, config?: Change["config"]): Change => {
  return { title, stack, wanted: "silent", rules: [], change, ...(config && { config }) };
};

/** A policy document as JSON text. */
export const document = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

export const STRANGER = "999988887777";
