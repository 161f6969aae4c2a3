import type { Fault, Platform } from '../model/line.ts'
import { faultOf, hasFailed, reportOfJson, reportOfText, traceIdIn } from './report.ts'

/** A line of Lambda's own. */
export interface PlatformLine {
  platform: Platform
  requestId: string | undefined
  /** The line in words, without the request id. */
  text: string
}

const id = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})'
const named = new RegExp(String.raw`^(START|END|REPORT) RequestId: ${id}(?=\s|$)`)
const timedOut = new RegExp(String.raw`^\S+ ${id} (Task timed out after [\d.]+ seconds)`)
const exited = new RegExp(String.raw`^RequestId: ${id} (Error: Runtime exited[^\n]*)`)
const other = /^(INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT|EXTENSION|TELEMETRY|LOGS|XRAY)\b/

/** Reads a line that Lambda wrote as text; undefined for any other. */
export function platformOfText(message: string): PlatformLine | undefined {
  const [, kind, requestId] = named.exec(message) ?? []
  if (kind === 'START') return { platform: { kind: 'start' }, requestId, text: 'started' }
  if (kind === 'END') return { platform: { kind: 'end' }, requestId, text: 'ended' }
  if (kind === 'REPORT') {
    return { platform: { kind: 'report', report: reportOfText(message) }, requestId, text: 'report' }
  }
  const [, late, lateText = ''] = timedOut.exec(message) ?? []
  if (late) return { platform: fault('timeout'), requestId: late, text: lateText }
  const [, gone, goneText = ''] = exited.exec(message) ?? []
  if (gone) return { platform: fault('exit'), requestId: gone, text: goneText }
  return platformOfEnvironment(message)
}

/** Lines of an environment, which belong to no request. */
function platformOfEnvironment(message: string): PlatformLine | undefined {
  const [, type] = other.exec(message) ?? []
  if (type === undefined) return undefined
  const text = message.trim().replaceAll('\t', ' ')
  if (type === 'INIT_START') return { platform: { kind: 'init-start' }, requestId: undefined, text }
  if (type === 'INIT_REPORT' && /Status: (?:timeout|error|failure)/.test(message)) {
    return { platform: fault('init-failed'), requestId: undefined, text }
  }
  return { platform: { kind: 'other', type }, requestId: undefined, text }
}

type Json = Readonly<Record<string, unknown>>

/** Reads `{"time": …, "type": "platform.…", "record": {…}}`; undefined for any other object. */
export function platformOfJson({ type, record }: Json): PlatformLine | undefined {
  if (typeof type !== 'string' || !type.startsWith('platform.')) return undefined
  const facts = typeof record === 'object' && record !== null ? (record as Json) : {}
  const requestId = typeof facts['requestId'] === 'string' ? facts['requestId'] : undefined
  return {
    platform: platformOf(type.slice('platform.'.length), facts),
    requestId,
    text: wordsOf(type, facts),
  }
}

function platformOf(type: string, record: Json): Platform {
  const status = String(record['status'])
  switch (type) {
    case 'initStart':
      return { kind: 'init-start' }
    case 'start': {
      const traceId = traceIdIn(record)
      return { kind: 'start', ...(traceId === undefined ? {} : { traceId }) }
    }
    case 'report':
      return { kind: 'report', report: reportOfJson(record) }
    case 'runtimeDone': {
      const ended = faultOf(status, typeof record['errorType'] === 'string' ? record['errorType'] : undefined)
      if (ended) return fault(ended)
      return { kind: 'end', ...(hasFailed(status) ? { failed: true } : {}) }
    }
    case 'initRuntimeDone':
    case 'initReport':
      return hasFailed(status) ? fault('init-failed') : { kind: 'other', type }
    default:
      return { kind: 'other', type }
  }
}

function wordsOf(type: string, { status, errorType }: Json): string {
  return [type.slice('platform.'.length), status, errorType]
    .filter((word) => typeof word === 'string')
    .join(' ')
}

function fault(kind: Fault): Platform {
  return { kind: 'fault', fault: kind }
}
