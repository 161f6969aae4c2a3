import { stripVTControlCharacters } from 'node:util'

/**
 * Text from logs, alarms, payloads or AWS, safe for a terminal: escape sequences and control characters are gone, tabs
 * and line ends stay.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\t\n]/gu, '')
}
