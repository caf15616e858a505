/** What `npm run doctor` says of one check. */
export interface Finding {
  readonly check: string;
  readonly state: "fine" | "wrong" | "not checked";
  /** What was seen; if it was not checked, why. */
  readonly text: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export const fine = (check: string, text: string): Finding => ({ check, state: "fine", text });
export const wrong = (check: string, text: string, remedy: string): Finding => ({
  check,
  state: "wrong",
  text,
  remedy,
});
export const notChecked = (check: string, text: string, remedy?: string): Finding => ({
  check,
  state: "not checked",
  text,
  ...(remedy !== undefined && { remedy }),
});
