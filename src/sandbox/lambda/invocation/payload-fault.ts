const expected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

/**
 * Tells in Lambda's words what is wrong with a payload that is no JSON; `otherwise` serves a fault after its beginning.
 */
export function payloadFault(payload: Uint8Array, otherwise: string): string {
  const start = payload.findIndex((byte) => !isSpace(byte))
  return start === -1 ? otherwise : (faultAt(payload, start) ?? otherwise)
}

function faultAt(payload: Uint8Array, start: number): string | undefined {
  const first = payload[start] ?? 0
  if (beginsName(first)) return tokenFault(payload, start)
  if ('"[{-0123456789'.includes(String.fromCodePoint(first))) return undefined
  const code = `code ${first}`
  const isControl = first < 0x20 || (first >= 0x7f && first < 0xa0)
  const text = isControl ? `(CTRL-CHAR, ${code})` : `'${String.fromCodePoint(first)}' (${code})`
  return `Unexpected character (${text}): expected a valid value ${expected}${placeOf(payload, start)}`
}

/** A word that JSON does not have, or the byte in it that is no UTF-8. */
function tokenFault(payload: Uint8Array, start: number): string | undefined {
  const rest = payload.subarray(start + 1)
  const length = rest.findIndex((byte) => !isLetter(byte) && !isDigit(byte))
  const end = start + 1 + (length === -1 ? rest.length : length)
  const next = payload[end]
  if (next !== undefined && isNoStart(next)) {
    return `Invalid UTF-8 start byte 0x${next.toString(16)}${placeOf(payload, end + 1)}`
  }
  const word = Buffer.from(payload.subarray(start, end)).toString('latin1')
  if (['null', 'true', 'false'].includes(word)) return undefined
  return `Unrecognized token '${word}': was expecting ${expected}${placeOf(payload, end)}`
}

/** Lambda hides the text, and counts lines and columns from 1. */
function placeOf(payload: Uint8Array, index: number): string {
  const before = payload.subarray(0, index)
  const line = before.filter((byte) => byte === 10).length + 1
  const column = index - before.lastIndexOf(10)
  return `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

/** Lambda's parser, Jackson, takes a word's first byte for a character, and its others for UTF-8. */
function beginsName(byte: number): boolean {
  return /[\p{L}\p{Sc}_]/u.test(String.fromCodePoint(byte))
}

function isLetter(byte: number): boolean {
  return /[A-Za-z_$]/.test(String.fromCodePoint(byte))
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** Tells whether no character of UTF-8 begins with a byte. */
function isNoStart(byte: number): boolean {
  return (byte >= 0x80 && byte < 0xc0) || byte >= 0xf8
}
