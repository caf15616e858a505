import { CONTENT } from "./keys/content";
import { matrixSuite } from "./suite";

matrixSuite("what reaches the agent", CONTENT);
