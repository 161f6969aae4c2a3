import type { Line } from '../model/line.ts'
import type { RequestStatus } from '../model/request.ts'

/** How a request failed, and the line that tells why. */
export interface Failure {
  status: Exclude<RequestStatus, 'running' | 'ok'>
  /** Undefined where Lambda tells only that it failed. */
  line: Line | undefined
}

/**
 * The failure that a line tells. A line at the level error alone is none: a handler may log an error, and answer well.
 * An environment that is killed at the limit of its memory is out of memory.
 */
export function failureOf(line: Line): Failure | undefined {
  if (line.thrown) return { status: 'error', line }
  switch (line.platform?.kind) {
    case 'fault':
      return { status: line.platform.fault, line }
    case 'end':
      return line.platform.failed ? { status: 'error', line: undefined } : undefined
    case 'report': {
      const { fault, failed, memoryMb, maxMemoryMb } = line.platform.report
      if (
        fault === 'exit' &&
        memoryMb !== undefined &&
        maxMemoryMb !== undefined &&
        maxMemoryMb >= memoryMb
      ) {
        return { status: 'out-of-memory', line: undefined }
      }
      if (fault) return { status: fault, line: undefined }
      return failed ? { status: 'error', line: undefined } : undefined
    }
    default:
      return undefined
  }
}
