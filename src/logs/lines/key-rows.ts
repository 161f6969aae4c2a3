import type { Line } from '../model/line.ts'

const begin = /-----BEGIN [A-Z ]*PRIVATE KEY-----/
const end = /-----END [A-Z ]*PRIVATE KEY-----/
/** Above an encrypted key. An empty row follows the headers. */
const header = /^\s*(?:Proc-Type|DEK-Info): .*$/
const empty = /^\s*$/
const body = /^\s*(?:[\w+/=]{16,}|[\w+/]+={1,2})\s*$/
/** It may look like a word. It has pairs of characters, since all rows together have fours, and OpenSSH's rows have 70. */
const shortLast = /^\s*(?:[\w+/=]{2})+\s*$/

/** The row of a key that was read last; the empty one is that behind the headers. */
type Row = 'begin' | 'header' | 'empty' | 'body' | 'last'

/**
 * Hides the rows of a private key that a program printed as an event each. A key in one event is masked as other secrets
 * are. A row that is none of a key ends the key, so no other line is hidden, except one word right behind the rows of a
 * key without an end.
 */
export function keyRows(): <Given extends Line>(line: Given) => Given {
  const open = new Map<string, Row>()
  return (line) => {
    const { text, event } = line
    const before = open.get(event.stream)
    if (!before) {
      if (begin.test(text) && !end.test(text)) open.set(event.stream, 'begin')
      return line
    }
    const row = line.platform ? undefined : rowOf(text, before)
    if (row && row !== 'last') open.set(event.stream, row)
    else open.delete(event.stream)
    return row && row !== 'empty' ? { ...line, text: stars, event: { ...event, message: stars } } : line
  }
}

/** The row that the text is; undefined if it is none of a key. */
function rowOf(text: string, before: Row): Row | undefined {
  if (header.test(text)) return 'header'
  if (body.test(text)) return 'body'
  if (before === 'header' && empty.test(text)) return 'empty'
  return before === 'body' && shortLast.test(text) ? 'last' : undefined
}

const stars = '***'
