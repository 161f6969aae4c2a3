import chalk from 'chalk'
import stringWidth from 'string-width'
import type { ShownLine } from '../../../logs/model/shown-line.ts'
import { requestKey } from '../../../logs/requests/request-key.ts'
import { plainLine } from '../../text/plain.ts'
import { momentOf } from '../../text/time.ts'
import { closingText } from '../closing.ts'
import { labels, versionText } from '../label.ts'
import type { Writing } from '../writing.ts'
import type { Part } from './blocks.ts'
import { fittedRows, lineRows, type RowLook, rowsAt, timeWidth } from './rows.ts'

/** Makes the text of parts, one after the other: it tells a new date, and which request goes on after others. */
export function blockTexts({ fields, namesFunctions, width, mask }: Writing): (part: Part) => string {
  const labelOf = labels(namesFunctions)
  const newDay = newDays()
  let before = ''
  return (part) => {
    const { last, request } = part
    const label = labelOf(last)
    const room = width - stringWidth(label)
    const key = request ? requestKey(last) : ''
    const isTorn = request && (part.goesOn || !part.hasEnded) && key !== before
    before = key
    const rows = [
      ...(isTorn ? [...newDay(part.lines[0] ?? last), chalk.dim(`⋯ ${nameOf(last)}`)] : []),
      ...shownLines(part).flatMap((line) => [
        ...newDay(line),
        ...lineRows(line, { width: room, fields, mask }),
      ]),
      ...(request && part.hasEnded ? [...newDay(last), ...closingRows(part, { width: room, mask })] : []),
    ]
    return rows.map((row) => `${label}${row}\n`).join('')
  }
}

/** A line that a filter took out of its request, with the request's name. */
export function looseTexts({ fields, namesFunctions, width, mask }: Writing): (line: ShownLine) => string {
  const labelOf = labels(namesFunctions)
  const newDay = newDays()
  return (line) => {
    const label = labelOf(line)
    const [first = '', ...rest] = lineRows(line, { width: width - stringWidth(label), fields, mask })
    const name = fields ? '' : nameOf(line)
    const rows = [...newDay(line), name ? `${first}  ${chalk.dim(name)}` : first, ...rest]
    return rows.map((row) => `${label}${row}\n`).join('')
  }
}

/** The closing row tells what Lambda's own lines tell. */
function shownLines({ lines, hasEnded }: Part): readonly ShownLine[] {
  return hasEnded ? lines.filter(({ platform }) => platform === undefined) : lines
}

function closingRows({ request, last }: Part, { width, mask }: RowLook): string[] {
  if (!request) return []
  const text = `${mask(closingText(request))}  ${chalk.dim(nameOf(last))}`
  return rowsAt(last.event.timestamp, fittedRows(text, width - timeWidth))
}

/** `v7 8f2c1a90`: as much of a request's id as `--request` needs to find it. */
function nameOf({ version, requestId = '' }: ShownLine): string {
  return [versionText(version), plainLine(requestId.slice(0, 8))].filter(Boolean).join(' ')
}

/** Dates and differences from UTC change at quarters of an hour, milliseconds. */
const quarterMs = 15 * 60_000

/** The date is told once for all rows that follow, with the difference from UTC. */
function newDays(): (line: ShownLine) => string[] {
  let known = ''
  let quarter = Number.NaN
  return ({ event: { timestamp } }) => {
    const now = Math.floor(timestamp / quarterMs)
    if (now === quarter) return []
    quarter = now
    const { date, offset } = momentOf(timestamp, 's')
    const day = `${date}, times ${offset === 'Z' ? 'in UTC' : `at ${offset}`}`
    if (day === known) return []
    known = day
    return [chalk.dim(day)]
  }
}
