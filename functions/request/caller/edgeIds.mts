/** A separate file of the archive, because the signer of requests to KMS is 20 KB: only functions behind an anonymous edge contain it. */
export { edgeIds as prepare } from "../../edge/edgeIds.js";
