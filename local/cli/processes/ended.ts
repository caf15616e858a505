/** False for a process of this machine that runs, or that another user runs. */
export function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** How a process ended, from the values of its event `exit`. */
export function howEnded([code, signal]: readonly unknown[]): string {
  return typeof signal === "string" ? signal : `exit code ${String(code)}`;
}
