import { frameText, ownFrames } from '../lines/stack.ts'
import type { Request } from '../model/request.ts'

/** Failures of one kind. */
export interface ErrorGroup {
  /** The kind, in words: type and message without what differs from request to request. */
  kind: string
  /** The innermost frame of the application's own code, where there is a stack trace. */
  frame: string | undefined
  /** How many. */
  count: number
  /** Milliseconds since the epoch. */
  first: number
  /** Milliseconds since the epoch. */
  last: number
  /** Failures by function and version. */
  versions: readonly { function: string; version: string | undefined; count: number }[]
  /** The newest of them, of the wanted version if it had any. */
  sample: Request
}

/** Groups failures as they are found. */
export interface ErrorGroups {
  /** Adds a request; one that did not fail is left out. */
  add(request: Request): void
  /** The largest group comes first. */
  all(): ErrorGroup[]
}

/**
 * Groups failed requests by status, type and message without numbers and ids, and the function and file of the innermost own frame. Of a group
 * only one request is kept.
 *
 * @param wanted the version that a sample should be of; undefined for any
 */
export function groupErrors(wanted?: string): ErrorGroups {
  const groups = new Map<string, ErrorGroup>()
  return {
    add(request) {
      if (request.status === 'ok' || request.status === 'running') return
      const key = `${request.status}\n${kindOf(request)}\n${placeOf(request)}`
      const group = groups.get(key)
      groups.set(key, group ? grown(group, request, wanted) : groupOf(request))
    },
    all: () =>
      Array.from(groups.values(), (group) => ({ ...group, versions: byCount(group.versions) })).toSorted(
        (one, other) => other.count - one.count || other.last - one.last,
      ),
  }
}

function groupOf(request: Request): ErrorGroup {
  return {
    kind: kindOf(request),
    frame: frameOf(request),
    count: 1,
    first: request.start,
    last: request.start,
    versions: withOne([], request),
    sample: request,
  }
}

function grown(group: ErrorGroup, request: Request, wanted: string | undefined): ErrorGroup {
  const { sample } = group
  const isBetter =
    (sample.version === wanted) === (request.version === wanted)
      ? request.start >= sample.start
      : request.version === wanted
  return {
    ...group,
    count: group.count + 1,
    first: Math.min(group.first, request.start),
    last: Math.max(group.last, request.start),
    versions: withOne(group.versions, request),
    sample: isBetter ? request : sample,
  }
}

function withOne(
  versions: ErrorGroup['versions'],
  { function: name, version }: Pick<Request, 'function' | 'version'>,
): ErrorGroup['versions'] {
  const isIt = (one: ErrorGroup['versions'][number]) => one.function === name && one.version === version
  if (!versions.some(isIt)) return [...versions, { function: name, version, count: 1 }]
  return versions.map((one) => (isIt(one) ? { ...one, count: one.count + 1 } : one))
}

function byCount(versions: ErrorGroup['versions']): ErrorGroup['versions'] {
  return versions.toSorted((one, other) => other.count - one.count)
}

const statuses = {
  error: 'failed, without a word why',
  timeout: 'Task timed out',
  'out-of-memory': 'out of memory',
  exit: 'Runtime exited',
  'init-failed': 'the init failed',
}

/** The message of a failure, with `…` for what differs from request to request. */
function kindOf({ status, error }: Request): string {
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

function frameOf({ error }: Request): string | undefined {
  const [frame] = ownFrames(error?.stack ?? [])
  return frame === undefined ? undefined : frameText(frame)
}

/** The function and the file of a frame: its line, and the folder of the code, differ from version to version. */
function placeOf(request: Request): string {
  return (frameOf(request) ?? '').replace(/:\d+(\)?)$|, line \d+/, '$1').replace(/(?:[^\s()"]*\/)/, '')
}
