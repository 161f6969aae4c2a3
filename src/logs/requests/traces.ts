import type { Line } from '../model/line.ts'

/** The X-Ray trace of a request, or of one attempt of it. */
export interface Trace {
  requestId: string
  attempt?: number
  traceId: string
}

/** Collects the traces that lines name, each once. */
export interface Traces {
  note(lines: readonly Line[]): void
  all(): Trace[]
}

export function collectTraces(): Traces {
  const found = new Map<string, Trace>()
  return {
    note(lines) {
      for (const line of lines) {
        const { requestId, attempt } = line
        const traceId = traceIdOf(line)
        if (requestId === undefined || traceId === undefined) continue
        found.set(`${traceId} ${attempt}`, {
          requestId,
          ...(attempt === undefined ? {} : { attempt }),
          traceId,
        })
      }
    },
    all: () => [...found.values()],
  }
}

function traceIdOf({ platform }: Line): string | undefined {
  if (platform?.kind === 'start') return platform.traceId
  return platform?.kind === 'report' ? platform.report.traceId : undefined
}
