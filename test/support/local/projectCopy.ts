import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./frontDoor";

/**
 * Makes a copy of the project that a test may change, with its own announcements. node_modules and the policy pack are links: the pack's
 * host would compile a copy again, which needs seconds of CPU.
 */
export function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), "front-door-test-"));
  for (const entry of [
    "agents",
    "client",
    "components",
    "contract",
    "functions",
    "local",
    "index.ts",
    "package.json",
    "tsconfig.json",
    "Pulumi.yaml",
    "Pulumi.dev.yaml",
    "stacks",
  ]) {
    cpSync(join(ROOT, entry), join(copy, entry), { recursive: true });
  }
  for (const entry of ["node_modules", "policy"]) symlinkSync(join(ROOT, entry), join(copy, entry));
  return copy;
}
