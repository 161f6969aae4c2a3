import { stripVTControlCharacters } from 'node:util'

/**
 * Text from logs, alarms, payloads or AWS, safe for a terminal: escape sequences, control characters and what turns the
 * direction of writing are gone, tabs and line ends stay.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(
    /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
    '',
  )
}

/** The last guard of all that is written: the same, but colours stay, which the program itself gives. */
export function plainButColours(text: string): string {
  return text.replace(coloursOrControls, '$1')
}

const coloursOrControls = new RegExp(
  `(${String.fromCharCode(27)}\\[[\\d;]*m)|[^\\P{Cc}\\t\\n]|[\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]`,
  'gu',
)

/** As `plain` on one line, for text that must not start a line of its own: a CI would take `::error::` for a command. */
export function plainLine(text: string): string {
  return plain(text).replace(/\s*\n\s*/g, ' ')
}
