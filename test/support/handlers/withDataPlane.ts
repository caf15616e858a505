import { captureLog } from "./captureLog";
import { DataPlane, installLambdaGlobal } from "./handlers";

/** AgentCore's data plane and the handlers' log for a suite. They start before it, and are reset for each test. */
export function withDataPlane(): { readonly plane: DataPlane; readonly log: ReturnType<typeof captureLog> } {
  const plane = new DataPlane();
  const log = captureLog();
  before(async () => {
    await plane.start();
    installLambdaGlobal();
  });
  after(async () => {
    await plane.stop();
  });
  beforeEach(() => {
    plane.requests.length = 0;
    plane.streams("data: hello\n\n");
    log.start();
  });
  afterEach(log.stop);
  return { plane, log };
}
