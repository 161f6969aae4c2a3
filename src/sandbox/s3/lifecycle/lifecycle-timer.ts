import type { Pace } from '../../clock.ts'
import type { S3Context } from '../storage/store.ts'
import { carryOut } from './carry-out.ts'

/** Rules are carried out so often, and once in each of their days if those are shorter; milliseconds of the sandbox. */
const usualBeatMs = 3_600_000

interface LifecycleTimes {
  pace: Pace
  /** How long a day of rules is, milliseconds of the sandbox. */
  dayMs: number
}

/**
 * Carries out the rules of all buckets again and again.
 *
 * @param account the owner of all buckets
 * @returns ends it
 */
export function startLifecycle(
  context: S3Context,
  account: string,
  { pace, dayMs }: LifecycleTimes,
): () => void {
  let isRunning = false
  const beat = async () => {
    if (isRunning) return
    isRunning = true
    await carryOut(context, account, dayMs)
      .catch((error: unknown) => console.error(error))
      .finally(() => (isRunning = false))
  }
  const timer = setInterval(() => void beat(), pace.beatMs(Math.min(usualBeatMs, dayMs))).unref()
  return () => clearInterval(timer)
}
