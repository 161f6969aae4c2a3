import type { Fault, Report } from '../model/line.ts'

/**
 * Reads the figures of `REPORT RequestId: …\tDuration: 3.05 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\t…`, with
 * the X-Ray id that may follow on a line of its own.
 */
export function reportOfText(message: string): Report {
  const fields = new Map(
    message.split(/[\t\n]/).flatMap((part) => {
      const [, name, value] = /^\s*(?:REPORT )?([^:]+): (.*)$/.exec(part) ?? []
      return name === undefined || value === undefined ? [] : [[name, value.trim()] as const]
    }),
  )
  const number = (name: string) => numberIn(fields.get(name))
  return reportOf({
    durationMs: number('Duration') ?? 0,
    billedMs: number('Billed Duration'),
    memoryMb: number('Memory Size'),
    maxMemoryMb: number('Max Memory Used'),
    initMs: number('Init Duration'),
    restoreMs: number('Restore Duration'),
    failed: hasFailed(fields.get('Status')),
    fault: faultOf(fields.get('Status'), fields.get('Error Type')),
    // X-Ray has no trace that was not sampled.
    traceId: fields.get('Sampled') === 'false' ? undefined : fields.get('XRAY TraceId'),
  })
}

/** Reads the figures of a `platform.report` record. */
export function reportOfJson(record: Readonly<Record<string, unknown>>): Report {
  const metrics = objectIn(record['metrics'])
  const number = (name: string) => (typeof metrics[name] === 'number' ? metrics[name] : undefined)
  return reportOf({
    durationMs: number('durationMs') ?? 0,
    billedMs: number('billedDurationMs'),
    memoryMb: number('memorySizeMB'),
    maxMemoryMb: number('maxMemoryUsedMB'),
    initMs: number('initDurationMs'),
    restoreMs: number('restoreDurationMs'),
    failed: hasFailed(record['status']),
    fault: faultOf(textIn(record['status']), textIn(record['errorType'])),
    traceId: traceIdIn(record),
  })
}

/** The X-Ray id of a platform record: `Root=1-5e1b…;Parent=…;Sampled=1`. X-Ray has no trace that was not sampled. */
export function traceIdIn(record: Readonly<Record<string, unknown>>): string | undefined {
  const value = textIn(objectIn(record['tracing'])['value'])
  return value?.includes('Sampled=0') ? undefined : /Root=([^;]+)/.exec(value ?? '')?.[1]
}

/**
 * The way in which Lambda itself ended a request, by its status and error type: `timeout`, or `error` and `failure`
 * with `Runtime.OutOfMemory`, `Runtime.ExitError` … An error that the handler threw is none.
 */
export function faultOf(status: string | undefined, errorType: string | undefined): Fault | undefined {
  if (status === 'timeout' || errorType === 'Sandbox.Timedout') return 'timeout'
  if (status !== 'error' && status !== 'failure') return undefined
  if (errorType === 'Runtime.OutOfMemory') return 'out-of-memory'
  return errorType === 'Runtime.ExitError' || errorType === 'Extension.Crash' ? 'exit' : undefined
}

/** True for the statuses of a request that failed. */
export function hasFailed(status: unknown): true | undefined {
  return status === 'error' || status === 'failure' || status === 'timeout' ? true : undefined
}

type Figures = { [Field in keyof Report]: Report[Field] | undefined } & Pick<Report, 'durationMs'>

/** Leaves out missing values. */
function reportOf({ initMs, restoreMs, failed, fault, traceId, ...figures }: Figures): Report {
  return {
    ...figures,
    ...(initMs === undefined ? {} : { initMs }),
    ...(restoreMs === undefined ? {} : { restoreMs }),
    ...(failed === undefined ? {} : { failed }),
    ...(fault === undefined ? {} : { fault }),
    ...(traceId === undefined ? {} : { traceId }),
  }
}

function numberIn(text: string | undefined): number | undefined {
  const number = Number.parseFloat(text ?? '')
  return Number.isNaN(number) ? undefined : number
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
