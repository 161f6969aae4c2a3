import { ownFrames } from '../lines/stack.ts'
import type { Request } from '../model/request.ts'

/** Failures of one kind. */
export interface ErrorGroup {
  /** The kind, in words: type and message without what differs from request to request. */
  kind: string
  /** The innermost frame of the application's own code, where there is a stack trace. */
  frame: string | undefined
  count: number
  /** Milliseconds since the epoch. */
  first: number
  last: number
  /** Failures by function and version. */
  versions: readonly { function: string; version: string | undefined; count: number }[]
  /** The newest of them. */
  sample: Request
}

/**
 * Groups failed requests by status, type and message without numbers and ids, and the innermost own frame. The largest
 * group comes first.
 */
export function groupErrors(requests: readonly Request[]): ErrorGroup[] {
  const groups = new Map<string, Request[]>()
  for (const request of requests) {
    if (request.status === 'ok' || request.status === 'running') continue
    const key = `${request.status}\n${kindOf(request)}\n${frameOf(request) ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), request])
  }
  return Array.from(groups.values(), groupOf).toSorted(
    (one, other) => other.count - one.count || other.last - one.last,
  )
}

function groupOf(requests: readonly [Request, ...Request[]] | readonly Request[]): ErrorGroup {
  const sorted = requests.toSorted((one, other) => one.start - other.start)
  const sample = sorted.at(-1) as Request
  return {
    kind: kindOf(sample),
    frame: frameOf(sample),
    count: requests.length,
    first: sorted[0]?.start ?? sample.start,
    last: sample.start,
    versions: versionsOf(requests),
    sample,
  }
}

function versionsOf(requests: readonly Request[]): ErrorGroup['versions'] {
  const counts = new Map<string, { function: string; version: string | undefined; count: number }>()
  for (const { function: name, version } of requests) {
    const key = `${name} ${version}`
    counts.set(key, { function: name, version, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return Array.from(counts.values()).toSorted((one, other) => other.count - one.count)
}

const statuses = {
  error: 'failed, without a word why',
  timeout: 'Task timed out',
  'out-of-memory': 'out of memory',
  exit: 'Runtime exited',
  'init-failed': 'the init failed',
}

/** The message of a failure, with `…` for what differs from request to request. */
export function kindOf({ status, error }: Request): string {
  if (status === 'ok' || status === 'running') return status
  if (status === 'timeout' || status === 'out-of-memory' || error === undefined) return statuses[status]
  return withoutParticulars(error.text.split('\n', 1)[0] ?? '')
}

const particulars = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\barn:[\w-]+:\S+/g,
  /\bhttps?:\/\/\S+/g,
  /[\w.+-]+@[\w-]+\.[\w.]+/g,
  /\b(?=[\w-]*\d)[\w-]*[A-Za-z][\w-]*\d[\w-]*\b/g,
  /\b0x[0-9a-f]+\b/gi,
  /\d+(?:[.,:]\d+)*/g,
]

function withoutParticulars(text: string): string {
  return particulars
    .reduce((left, particular) => left.replace(particular, '…'), text)
    .replace(/(?:…[\s,;/-]*)+…/g, '…')
}

/** `/var/task/pay.mjs:3` of `    at charge (file:///var/task/pay.mjs:3:9)`, without the column. */
function frameOf({ error }: Request): string | undefined {
  const [frame] = ownFrames(error?.stack ?? [])
  return frame
    ?.trim()
    .replace(/^at /, '')
    .replace('file://', '')
    .replace(/:(\d+):\d+(\)?)$/, ':$1$2')
}
