// Preloaded into child processes. They end when the pipe to their parent closes, even if the parent was killed.
process.stdin.resume();
process.stdin.on("end", () => process.exit());
process.stdin.on("error", () => process.exit());
