import { fieldOf } from '../../logs/filter/matches.ts'
import type { Line } from '../../logs/model/line.ts'
import { plainLine } from '../text/plain.ts'

/** The value of a field that `--fields` names; undefined where the line has none. */
export function chosenField(line: Line, name: string): unknown {
  switch (name) {
    case 'time':
    case 'timestamp':
      return new Date(line.event.timestamp).toISOString()
    case 'stream':
      return line.event.stream
    case 'group':
      return line.event.group
    case 'stack':
      return line.stack
    default:
      return fieldOf(line, name)
  }
}

/** A value in a column of its own: on one line, `-` where there is none. */
export function cellText(value: unknown): string {
  if (value === undefined) return '-'
  return plainLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? '-')).replaceAll('\t', ' ')
}
