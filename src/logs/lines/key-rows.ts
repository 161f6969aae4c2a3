import type { ShownLine } from '../model/shown-line.ts'

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/
const end = /-----END [A-Z ]*PRIVATE KEY-----/
/** A row of a key, or a header above it. */
const keyRow = /^\s*(?:[\w+/=]{16,}|[\w+/]+={1,2}|(?:Proc-Type|DEK-Info): .*)\s*$/

/**
 * Hides the rows of a private key that a program printed as an event each. A key in one event is masked as other secrets
 * are. A row that is none of a key ends the key, so no other line is hidden.
 */
export function keyRows(): (line: ShownLine) => ShownLine {
  const open = new Set<string>()
  return (line) => {
    const { text, event } = line
    if (open.has(event.stream)) {
      const isKey = keyRow.test(text) && !line.platform
      if (!isKey) open.delete(event.stream)
      return isKey ? { ...line, text: stars, event: { ...event, message: stars } } : line
    }
    if (begin.test(text) && !end.test(text)) open.add(event.stream)
    return line
  }
}

const stars = '***'
