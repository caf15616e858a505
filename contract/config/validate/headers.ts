import { TOKEN_HEADER } from "../../wire/headers";

/** Headers that contain the caller's credentials, or that are reserved for AWS or HTTP. */
export const NOT_MAPPABLE = new RegExp(
  `^(?:x-amzn?-.*|authorization|cookie|x-api-key|host|content-.*|transfer-encoding|connection|te|trailer|upgrade|${TOKEN_HEADER})$`,
  "i",
);
