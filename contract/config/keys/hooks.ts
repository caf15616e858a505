/** A stack's own code before and after the agent. */
export interface HooksConfig<Text = string> {
  /**
   * Path of a module with hooks, from the folder of the program. It is bundled into the archives of the doors, and is as trusted as they are.
   * @default "" - none
   */
  hooks?: string;
  /**
   * What the roles of the doors may do for `hooks`, each with `actions` and `resources`.
   * @default [] - nothing
   */
  hookStatements?: HookStatementConfig<Text>[];
  /**
   * ARN of a function that is called instead of `hooks`, with its own role.
   * @default "" - none
   */
  hookFunctionArn?: Text;
  /**
   * Time limit of each hook, milliseconds, 50 to 60000.
   * @default 3000
   */
  hookTimeoutMs?: number;
}

export interface HookStatementConfig<Text = string> {
  /** Actions such as `dynamodb:GetItem`. */
  actions: string[];
  /** ARNs of the resources, or `["*"]` for actions that have none. */
  resources: Text[];
}

/** Time limit of a hook, milliseconds. */
export const HOOK_TIMEOUT_MS = { min: 50, max: 60_000, usual: 3000 } as const;
