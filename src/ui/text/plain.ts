import { stripVTControlCharacters } from 'node:util'

/**
 * Text from logs, alarms, payloads or AWS, made safe for a terminal: escape sequences, control characters and marks for
 * the direction of writing are removed; tabs and line ends stay.
 */
export function plain(text: string): string {
  if (!obeyed.test(text)) return text
  return stripVTControlCharacters(text).replace(
    /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
    '',
  )
}

/** The characters that a terminal obeys; each escape sequence begins with one of them. Most texts have none. */
const obeyed = /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u

/** The last filter for all output: like `plain`, but keeps the program's own colours. */
export function plainButColours(text: string): string {
  return text.replace(coloursOrControls, '$1')
}

const coloursOrControls = new RegExp(
  `(${String.fromCharCode(27)}\\[[\\d;]*m)|[^\\P{Cc}\\t\\n]|[\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]`,
  'gu',
)

/** Like `plain`, on one line, for text that must not begin a line: a CI would take `::error::` as a command. */
export function plainLine(text: string): string {
  return plain(text).replace(/\s*\n\s*/g, ' ')
}
