import { HOOK_WALKS } from "./keys/hooks";
import { matrixSuite } from "./suite";

matrixSuite("code of your own", HOOK_WALKS);
