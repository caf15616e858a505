/** A separate file of the archive, because the library that verifies tokens is 20 KB: only functions at whose edge users sign in contain it. */
export { userOf as prepare } from "../../jwt/judge.js";
