const { reporters, Runner } = require("mocha");

/** Mocha's own report, followed by one plain line for any CI. */
module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    // A test that is tried again would otherwise be one that passes, and nobody would look for the cause.
    runner.on(Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      process.stdout.write(`Tried again: ${test.fullTitle()}: ${error.message}\n`);
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      process.stdout.write(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}\n`);
    });
  }
};
