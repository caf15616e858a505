import type { TextDecoder as Decoder } from "node:util";
import { mediaType } from "../../contract/wire/headers";

/** Types whose content is not a text, also if its bytes could be read as one. */
const BINARY = /^(?:image\/(?!svg\+xml$)|audio\/|video\/|font\/|application\/(?:octet-stream|pdf|zip|gzip)$)/;

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/**
 * A decoder for content of this type. It throws TypeError if the bytes are not in the charset that the type names (default: UTF-8).
 *
 * @returns undefined if the content is not a text, or if the charset is unknown
 */
export function textDecoderFor(contentType: string): Decoder | undefined {
  if (BINARY.test(mediaType(contentType))) return undefined;
  try {
    return new TextDecoder(CHARSET.exec(contentType)?.[1], { fatal: true });
  } catch {
    return undefined;
  }
}

/** The bytes as a text; undefined if they are none. */
export function textOf(bytes: Uint8Array, contentType: string): string | undefined {
  try {
    return textDecoderFor(contentType)?.decode(bytes);
  } catch {
    return undefined;
  }
}
