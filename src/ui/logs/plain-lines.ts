import type { ShownLine } from '../../logs/model/shown-line.ts'
import { plain } from '../text/plain.ts'
import { momentsOfLines } from '../text/time.ts'
import { cellText, chosenField } from './chosen-fields.ts'
import { plainClosing } from './closing.ts'
import { lateText } from './duration.ts'
import { isShown } from './is-shown.ts'
import { labelOf, versionText } from './label.ts'
import { pairs, valueText } from './pairs.ts'
import { requestEnds } from './request-ends.ts'
import type { LineWriter, Writing } from './writing.ts'

/**
 * Writes `2026-11-27 03:40:55.123+01:00 v7 8f2c1a90 WARN total computed total=6`: for pipes and files, so that each line says
 * all and has no colour. Of Lambda's lines only REPORT is there.
 */
export function plainWriter({ fields, namesFunctions, mask }: Writing): LineWriter {
  const ends = requestEnds()
  const moment = momentsOfLines()
  const startOf = (line: ShownLine) => `${moment(line.event.timestamp)}${columnsOf(line, namesFunctions)}`
  const textOf = (line: ShownLine) => {
    if (fields) return isShown(line) ? cells(line, fields, moment) : undefined
    const request = ends(line)
    if (request) return `${startOf(line)} REPORT ${plainClosing(request)}`
    return isShown(line) ? `${startOf(line)} ${said(line)}` : undefined
  }
  return {
    lines(lines) {
      let text = ''
      for (const line of lines) {
        const row = textOf(line)
        if (row !== undefined) text += `${mask(row)}\n`
      }
      return text
    },
    end: () => '',
  }
}

function cells(line: ShownLine, fields: readonly string[], moment: (time: number) => string): string {
  return fields
    .map((name) => (name === 'time' ? moment(line.event.timestamp) : cellText(chosenField(line, name))))
    .join('\t')
}

/** The columns behind the time, which every line has: `-` where it has nothing there. */
function columnsOf(line: ShownLine, namesFunctions: boolean): string {
  const label = labelOf(line.role === undefined ? line : { ...line, version: undefined }, namesFunctions)
  const version = versionText(line.version) || '-'
  const request = line.requestId === undefined ? '-' : cellText(line.requestId.slice(0, 8))
  return `${label && ` ${label}`} ${version} ${request}`
}

function said({ level, text, fields, stack, lateMs }: ShownLine): string {
  const told = pairs(fields, (name, value) => `${name}=${valueText(value)}`)
  const late = lateMs === undefined ? '' : lateText(lateMs)
  const message = [level?.toUpperCase() ?? '-', plain(text), told, late].filter(Boolean).join(' ')
  const rows = stack ? `${message}\n${plain(stack.join('\n'))}` : message
  return rows.includes('\n') ? rows.replaceAll('\n', '\n  ') : rows
}
