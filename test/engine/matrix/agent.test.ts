import { AGENT } from "./keys/agent";
import { matrixSuite } from "./suite";

matrixSuite("the agent", AGENT);
