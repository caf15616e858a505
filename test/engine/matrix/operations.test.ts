import { OPERATIONS } from "./keys/operations";
import { matrixSuite } from "./suite";

matrixSuite("logs, metrics and alarms", OPERATIONS);
