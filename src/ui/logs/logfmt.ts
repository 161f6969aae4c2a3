import type { RequestAccount } from '../../logs/model/request.ts'
import type { ShownLine } from '../../logs/model/shown-line.ts'
import { chosenField } from './chosen-fields.ts'
import { reasonOf } from './closing.ts'
import { isShown } from './is-shown.ts'
import { pairs, quotedValue } from './pairs.ts'
import { requestEnds } from './request-ends.ts'
import type { LineWriter, Writing } from './writing.ts'

/** Writes `time=2026-11-27T02:40:55.123Z level=warn function=shop version=7 requestId=… msg="total computed" total=6`. */
export function logfmtWriter({ fields, mask }: Writing): LineWriter {
  const ends = requestEnds()
  const factsOf = (line: ShownLine) => {
    if (fields) return isShown(line) ? chosen(line, fields) : undefined
    const request = ends(line)
    if (request) return { ...of(line), ...reported(request) }
    return isShown(line) ? withFields({ ...of(line), ...said(line) }, line.fields) : undefined
  }
  return {
    lines: (lines) =>
      lines
        .map(factsOf)
        .filter((facts) => facts !== undefined)
        .map((facts) => `${mask(row(facts))}\n`)
        .join(''),
    end: () => '',
  }
}

type Facts = Readonly<Record<string, unknown>>

/** Facts that a line does not have are left out. */
function row(facts: Facts): string {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
  return pairs(known, (name, value) => `${name.replaceAll(/[\s"=]/g, '_')}=${quotedValue(value)}`)
}

function chosen(line: ShownLine, fields: readonly string[]): Facts {
  return Object.fromEntries(fields.map((name) => [name, chosenField(line, name)]))
}

function of(line: ShownLine): Facts {
  return {
    time: new Date(line.event.timestamp).toISOString(),
    level: line.level,
    function: line.function,
    version: line.version,
    role: line.role,
    requestId: line.requestId,
  }
}

function said({ text, stack, lateMs }: ShownLine): Facts {
  return { msg: text, stack: stack?.join('\n'), lateMs }
}

/** A function may log a field such as `version` of its own: it has the name that NDJSON has for it, `fields.version`. */
function withFields(own: Facts, fields: Facts): Facts {
  const { stack, lateMs, ...first } = own
  const named: Facts = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      Object.hasOwn(own, name) ? `fields.${name}` : name,
      value,
    ]),
  )
  return { ...first, ...named, stack, lateMs }
}

function reported(request: RequestAccount): Facts {
  const { report, status, attempt } = request
  return {
    msg: 'REPORT',
    status,
    attempt,
    ...report,
    failed: undefined,
    fault: undefined,
    error: reasonOf(request) || undefined,
  }
}
