import type { ErrorCode } from './codes.ts'
import { LambdactlError } from './error.ts'

/** From what needs a person most to what needs one least; codes that are not named come last. */
const order: readonly ErrorCode[] = [
  'ROLLBACK_FAILED',
  'BUG',
  'ROLLED_BACK',
  'PAUSED',
  'INTERRUPTED',
  'CONFLICT',
  'PREFLIGHT_FAILED',
  'UPDATE_FAILED',
  'INVOCATION_FAILED',
  'NOT_AUTHENTICATED',
  'NOT_PERMITTED',
  'ACCOUNT_MISMATCH',
  'NOT_FOUND',
]

/** What failed, and with what. */
export interface Failure {
  function: string
  error: LambdactlError
}

/** One failure as an error that names the function, where there were several; an interrupt was for all of them. */
export function errorOf({ function: name, error }: Failure, of: number): LambdactlError {
  if (of === 1 || error.code === 'INTERRUPTED') return error
  return new LambdactlError(error.code, `${name}: ${error.message}`, { next: error.next, cause: error })
}

/** Several failures as one error, with the code of the worst. */
export function asOneError(failures: readonly Failure[], of: number): LambdactlError | undefined {
  const [worst, ...others] = failures.toSorted((a, b) => rank(a) - rank(b))
  if (!worst) return undefined
  if (others.length === 0) return errorOf(worst, of)
  const all = [worst, ...others]
  const lines = all.map((one) => `${one.function}: ${one.error.message}`)
  const next = [...new Set(all.flatMap(({ error }) => error.next))]
  const message = `${all.length} of ${of} functions failed. ${lines.join(' ')}`
  return new LambdactlError(worst.error.code, message, { next, cause: worst.error })
}

function rank({ error }: Failure): number {
  const place = order.indexOf(error.code)
  return place === -1 ? order.length : place
}
