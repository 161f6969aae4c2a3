import { LambdactlError } from '../../errors/error.ts'
import type { Run } from '../run/run.ts'
import { waitUntil } from '../run/wait-until.ts'

/**
 * Tries a change of a source until AWS accepts it: it may still make an earlier one, or not see a new permission yet.
 *
 * @param what for the error, as in `SQS queue orders`
 * @param change false if AWS does not accept it yet
 * @throws LambdactlError UPDATE_FAILED after 3 min
 */
export async function untilAccepted(
  { clock }: Pick<Run, 'clock'>,
  what: string,
  change: () => Promise<boolean>,
): Promise<void> {
  const patience = { deadlineMs: 180_000, firstPauseMs: 500, longestPauseMs: 5000, late: () => late(what) }
  await waitUntil(clock, what, patience, async () => ((await change()) ? true : undefined))
}

function late(what: string): LambdactlError {
  const text = `lambdactl waited 3 min, and AWS did not accept the change of ${what}.`
  return new LambdactlError('UPDATE_FAILED', text, { next: ["See its state in AWS's console."] })
}
