import type { Line } from '../model/line.ts'
import { note, type OpenAccount, openAccount } from './account.ts'

/** The start of an environment that failed. */
interface FailedStart {
  /** The line that tells why, as far as one does. */
  error: Line | undefined
  /** The newest lines of the application. */
  lines: readonly Line[]
}

/** Knows how environments started: Lambda logs that before their first request, and names no request. */
export interface FailedStarts {
  /** Notes a line without a request. */
  note(line: Line): void
  /** Takes the failed start before the first request of an environment; undefined if it started well. */
  takeBefore(request: Line): FailedStart | undefined
}

interface Start {
  account: OpenAccount
  lines: Line[]
}

/** How many environments without a request are remembered. */
const mostStarts = 5000
/** The newest lines that are held of one start. */
const mostLines = 200

export function failedStarts(): FailedStarts {
  const starts = new Map<string, Start>()
  return {
    note(line) {
      const key = environmentOf(line)
      const start = starts.get(key) ?? { account: openAccount(line, ''), lines: [] }
      if (starts.size >= mostStarts && !starts.has(key)) starts.delete(starts.keys().next().value ?? '')
      starts.set(key, start)
      note(start.account, line)
      if (line.platform === undefined) start.lines.push(line)
      if (start.lines.length > mostLines) start.lines.shift()
    },
    takeBefore(request) {
      if (starts.size === 0) return undefined
      const key = environmentOf(request)
      const start = starts.get(key)
      starts.delete(key)
      if (start?.account.failure?.status !== 'init-failed') return undefined
      return { error: whyOf(start), lines: start.lines }
    },
  }
}

/** The error that the runtime or the application told; Lambda's own line if there is none. */
function whyOf({ account: { failure }, lines }: Start): Line | undefined {
  return (
    lines.findLast(({ thrown }) => thrown) ??
    lines.findLast(({ level }) => level === 'error' || level === 'fatal') ??
    failure?.line
  )
}

function environmentOf({ event, function: name }: Line): string {
  return `${event.stream} ${name}`
}
