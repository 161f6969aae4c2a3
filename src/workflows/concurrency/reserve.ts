import { refusedReservation } from '../../operation/concurrency/limits.ts'
import { keepOperation } from '../history/keep-operation.ts'
import { requireOwnReservation } from '../release-only/require-own.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { stoppedOf } from '../stopping/stopped.ts'
import { beyondLimit, explainLimit } from './explain-limit.ts'
import { type ConcurrencyChange, type ConcurrencyStatus, readConcurrency, totalOf } from './status.ts'

/** A reservation to make. */
export interface Reservation {
  /** Concurrent executions; 0 stops all invocations, `none` removes the reservation. */
  amount: number | 'none'
  /** Changes nothing. */
  dryRun: boolean
}

/**
 * Reserves concurrency for a function (0 stops all its invocations), or removes the reservation with `none`.
 *
 * @throws LambdactlError USAGE for a function of another tool, and beyond the account's limit
 */
export async function reserveConcurrency(
  run: Run,
  target: Target,
  { amount, dryRun }: Reservation,
): Promise<ConcurrencyChange> {
  await requireOwnReservation(run, target)
  const before = await readConcurrency(run, target)
  const given = { reserved: before.reserved, provisioned: totalOf(before.provisioned) }
  const refusal = amount === 'none' ? undefined : refusedReservation(before.account, given, amount)
  if (refusal && amount !== 'none') throw beyondLimit(target, 'reserve', amount, refusal)
  if (amount !== 0) await tellStopped(run, target, before)
  if (!dryRun) await reserve(run, target, amount)
  const wanted = amount === 'none' ? undefined : amount
  const change = { from: before.reserved ?? null, to: wanted ?? null }
  if (!dryRun) await keepOperation(run, target, { kind: 'reserved', ...change })
  const after = dryRun ? before : await readConcurrency(run, target)
  if (!dryRun && after.reserved !== wanted) tellOther(run, target, after.reserved)
  return {
    ...after,
    change: { what: 'reserved', ...change },
    undo: commandFor(target, 'concurrency reserve', String(before.reserved ?? 'none')),
    dryRun,
  }
}

async function reserve({ aws }: Run, target: Target, amount: number | 'none'): Promise<void> {
  try {
    if (amount === 'none') await aws.concurrency.unreserve(target.lambdaName)
    else await aws.concurrency.reserve(target.lambdaName, amount)
  } catch (error) {
    throw explainLimit(target, error)
  }
}

/** A reservation ends a stop, and puts nothing else back. */
async function tellStopped(run: Run, target: Target, { reserved }: ConcurrencyStatus): Promise<void> {
  const stopped = await stoppedOf(run, target, { reserved })
  if (!stopped?.stop) return
  const text = `${target.lambdaName} is ${stopped.summary}. This reservation lets it run again, and puts nothing else back. ${stopped.next}`
  warn(run, target, text)
}

/** Lambda has no revision for reservations, so nothing prevents this. */
function tellOther(run: Run, target: Target, reserved: number | undefined): void {
  const now = reserved === undefined ? 'nothing is reserved' : `${reserved} is reserved`
  warn(run, target, `something else changed the reservation of ${target.lambdaName} meanwhile: now ${now}`)
}
