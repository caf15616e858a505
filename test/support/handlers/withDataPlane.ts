import { captureLog } from "./captureLog";
import { DataPlane, installLambdaGlobal } from "./handlers";

/** AgentCore's data plane and the handlers' log for a suite: started before it, and new for each of its tests. */
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
