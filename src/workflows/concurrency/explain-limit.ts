import { isCode, LambdactlError } from '../../errors/error.ts'
import { namedMinimum, type Refusal } from '../../operation/concurrency/limits.ts'
import { commandFor, type Target } from '../run/run.ts'

/** The quota of Lambda's concurrent executions, by its code in Service Quotas. */
const raiseLimit =
  'To have more, ask AWS for a higher quota "Concurrent executions" (L-B99A9384) of Lambda in Service Quotas.'

/** The error for an amount that AWS would refuse; AWS was not asked. */
export function beyondLimit(
  target: Target,
  what: 'reserve' | 'provision',
  wanted: number,
  { why, most }: Refusal,
): LambdactlError {
  const made = what === 'reserve' ? 'reserved' : 'provisioned'
  return new LambdactlError('USAGE', `${wanted} can't be ${made} for ${target.lambdaName}: ${why}.`, {
    next: [...waysOf(target, what, most), ...(most === undefined ? [] : [raiseLimit])],
  })
}

function waysOf(target: Target, what: 'reserve' | 'provision', most: number | undefined): string[] {
  if (most === undefined)
    return [
      `To stop the function, which removes the environments first: ${commandFor(target, 'concurrency stop', "--reason 'TEXT'")}`,
      `To see the environments: ${commandFor(target, 'concurrency show')}`,
    ]
  if (most === 0) return [`To see what other functions have reserved: ${showAll(target)}`]
  return [
    `The most that is possible: ${commandFor(target, `concurrency ${what}`, String(most))}`,
    `To see what other functions have reserved: ${showAll(target)}`,
  ]
}

/** Explains AWS's own refusal by the account's limit, whose minimum is in brackets; returns other errors unchanged. */
export function explainLimit(target: Target, error: unknown): unknown {
  if (!isCode(error, 'AWS_REFUSED')) return error
  const least = namedMinimum(error.message)
  if (least === undefined) return error
  const next = [
    `AWS keeps ${least} concurrent executions of the account for functions without a reservation. See what others have reserved: ${showAll(target)}`,
    raiseLimit,
  ]
  return new LambdactlError('AWS_REFUSED', error.message, { next, cause: error })
}

function showAll({ environment, placeFlags = [] }: Target): string {
  const where = environment === '' ? [] : ['--env', environment]
  return ['lambdactl concurrency show', ...where, ...placeFlags].join(' ')
}
