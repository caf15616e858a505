/** A separate file of the archive: only functions whose hooks are another function contain it. A stack's own module has the same name. */
export { beforeInvoke, onAnswer } from "./remote.js";
