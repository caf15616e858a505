// Preloaded into child processes: they end when the pipe to their parent closes, however the parent ended.
process.stdin.resume();
process.stdin.on("end", () => process.exit());
process.stdin.on("error", () => process.exit());
