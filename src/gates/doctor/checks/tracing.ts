import type { Diagnosis, Ways } from '../diagnosis.ts'

/** Tells whether X-Ray gets traces of the function. */
export function tracingDiagnosis(isActive: boolean, { set }: Ways): Diagnosis {
  const title = 'tracing'
  if (isActive) return { title, outcome: 'pass', detail: 'active' }
  return {
    title,
    outcome: 'note',
    detail:
      'not active: X-Ray shows only requests that a caller traces. The role needs xray:PutTraceSegments',
    field: 'tracing',
    ...set({ tracing: 'active' }),
  }
}
