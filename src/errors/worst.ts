import { isUnanswered } from './after-a-call.ts'
import type { ErrorCode } from './codes.ts'
import { type Failure, LambdactlError } from './error.ts'
import { firstLines } from './first-few.ts'

/** From the code that needs a person most to the one that needs one least; other codes come after them. */
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
  'STOPPED',
  'NOT_AUTHENTICATED',
  'NOT_PERMITTED',
  'ACCOUNT_MISMATCH',
  'NOT_FOUND',
]

/** One failure as an error; its message names the function if there were several. An interrupt was for all of them. */
export function errorOf(failure: Failure, of: number): LambdactlError {
  const { function: name, error } = failure
  if (error.code === 'INTERRUPTED') return error
  const message = of === 1 ? error.message : `${name}: ${error.message}`
  return new LambdactlError(error.code, message, { next: error.next, cause: error, failures: [failure] })
}

/** Several failures as one error, with the code of the worst. */
export function asOneError(failures: readonly Failure[], of: number): LambdactlError | undefined {
  const [worst, ...others] = failures.toSorted((a, b) => rank(a) - rank(b))
  if (!worst) return undefined
  if (others.every((other) => isSameInterrupt(worst, other))) return errorOf(worst, of)
  const all = [worst, ...others]
  const told = toldOnce(all)
  const next = [...new Set(all.flatMap(({ error }) => error.next))]
  // Messages of esbuild or a handler have several lines.
  const between = told.some((text) => text.includes('\n')) ? '\n' : ' '
  const message = [`${all.length} of ${of} functions failed.`, ...told].join(between)
  return new LambdactlError(worst.error.code, message, { next, cause: worst.error, failures: all })
}

/** A failure that several functions share, such as that of a common build, is reported once. */
function toldOnce(failures: readonly Failure[]): string[] {
  const byMessage = Map.groupBy(failures, ({ error }) => error.message)
  return [...byMessage].map(
    ([message, alike]) =>
      `${alike.map(({ function: name }) => name).join(', ')}: ${shortened(message, byMessage.size)}`,
  )
}

/** The lines of all functions have to fit on a screen; `failures` has the whole messages. */
function shortened(message: string, functions: number): string {
  const [first = '', ...lines] = message.split('\n')
  const each = Math.max(3, Math.floor(20 / functions))
  return lines.length > each ? [first, ...firstLines(lines, each)].join('\n') : message
}

function isSameInterrupt(one: Failure, other: Failure): boolean {
  return one.error.code === 'INTERRUPTED' && one.error.message === other.error.message
}

function rank({ error }: Failure): number {
  // These need no person: the next run may succeed.
  if (isUnanswered(error)) return order.length + 1
  const place = order.indexOf(error.code)
  return place === -1 ? order.length : place
}
