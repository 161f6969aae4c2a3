import type { StoredEvent } from '../events.ts'
import type { Fields, Value } from './node.ts'

/** The fields that Insights finds in the lines that Lambda writes as text. */
const ofReport: readonly [string, RegExp, number][] = [
  ['@duration', /\tDuration: ([\d.]+) ms/, 1],
  ['@billedDuration', /\tBilled Duration: ([\d.]+) ms/, 1],
  ['@initDuration', /\tInit Duration: ([\d.]+) ms/, 1],
  // Bytes, by powers of ten.
  ['@memorySize', /\tMemory Size: (\d+) MB/, 1_000_000],
  ['@maxMemoryUsed', /\tMax Memory Used: (\d+) MB/, 1_000_000],
]

const requestId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

/**
 * The fields of an event: those of all events, those of Lambda's lines, and those of JSON with dots between names. JSON
 * may also follow a text, such as the time and the request id that Lambda puts before it.
 */
export function discoveredFields(log: string, event: StoredEvent): Fields {
  const { timestamp, ingestionTime, message, stream, sequence } = event
  const document = documentOf(message)
  return {
    ...(document ? flattened(document, '') : {}),
    ...(message.startsWith('{') && document ? {} : ofText(message)),
    '@timestamp': timestamp,
    '@ingestionTime': ingestionTime,
    '@message': message,
    '@logStream': stream,
    '@log': log,
    '@ptr': Buffer.from(`${log} ${sequence}`).toString('base64url'),
  }
}

function ofText(message: string): Record<string, Value> {
  const type = /^(START|END|REPORT) RequestId: /.exec(message)?.[1]
  const id = requestId.exec(message)?.[0]
  const fields: Record<string, Value> = id === undefined ? {} : { '@requestId': id }
  if (type !== undefined) fields['@type'] = type
  if (type !== 'REPORT') return fields
  for (const [name, pattern, factor] of ofReport) {
    // The first field follows the request id.
    const found = pattern.exec(message)?.[1]
    if (found !== undefined) fields[name] = Number(found) * factor
  }
  return fields
}

function documentOf(message: string): object | undefined {
  const start = message.indexOf('{')
  if (start === -1) return undefined
  try {
    return JSON.parse(message.slice(start)) as object
  } catch {
    return undefined
  }
}

function flattened(document: object, prefix: string): Record<string, Value> {
  const fields: Record<string, Value> = {}
  for (const [name, value] of Object.entries(document) as [string, unknown][]) {
    if (typeof value === 'object' && value !== null)
      Object.assign(fields, flattened(value, `${prefix}${name}.`))
    else if (value !== null) fields[`${prefix}${name}`] = value as Value
  }
  return fields
}
