import { LambdactlError } from '../../errors/error.ts'
import type { Clock } from '../../ports/clock.ts'
import type { FunctionState, Functions } from '../../ports/functions.ts'
import { durationWords } from '../../release/values/duration.ts'

/**
 * The time limit of a wait, and the pauses between looks; milliseconds. The pause grows from the first to the longest.
 */
export interface Patience {
  deadlineMs: number
  firstPauseMs: number
  longestPauseMs: number
  /** Makes the error for the deadline; default: UPDATE_FAILED. */
  late?: () => LambdactlError
  /** Ends a pause early, so that the next look can end the wait. */
  signal?: AbortSignal
}

/**
 * Looks until there is an answer; only this function waits for AWS.
 *
 * @param look undefined means not yet; its errors end the wait
 * @param what for the error, as in `the update of shop-checkout-prod`
 * @throws LambdactlError UPDATE_FAILED, or the patience's own error, after the deadline
 */
export async function waitUntil<Answer>(
  clock: Clock,
  what: string,
  { deadlineMs, firstPauseMs, longestPauseMs, late, signal }: Patience,
  look: () => Promise<Answer | undefined>,
): Promise<Answer> {
  const deadline = clock.elapsed() + deadlineMs
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    const answer = await look()
    if (answer !== undefined) return answer
    const left = deadline - clock.elapsed()
    if (left <= 0) {
      if (late) throw late()
      throw new LambdactlError(
        'UPDATE_FAILED',
        `lambdactl waited ${durationWords(deadlineMs)} for ${what}, and it is not finished.`,
        {
          next: [(config) => `Look at the function with \`${config.status}\`, then run the command again.`],
        },
      )
    }
    await clock.sleep(Math.min(pause, left), signal)
  }
}

/** Lambda's own waiters allow 300 s for an update. */
const updatePatience: Patience = { deadlineMs: 300_000, firstPauseMs: 100, longestPauseMs: 2000 }
/** They allow 26 minutes for a published version: on managed instances it is ready when its environments are. */
const versionPatience: Patience = { ...updatePatience, deadlineMs: 1_560_000 }

/**
 * Waits until Lambda has finished creating or updating a function, or a version of it.
 *
 * @throws LambdactlError UPDATE_FAILED with Lambda's reason, NOT_FOUND
 */
export async function waitUntilReady(
  functions: Functions,
  clock: Clock,
  name: string,
  version?: string,
): Promise<FunctionState> {
  const state = await waitUntilSettled(functions, clock, name, version)
  if (state.status !== 'failed') return state
  throw new LambdactlError(
    'UPDATE_FAILED',
    `Lambda could not start ${version === undefined ? name : `${name}:${version}`}: ${state.statusReason ?? 'no reason given'}`,
    {
      next: ['Correct the problem that the message names, then deploy again; no traffic was moved.'],
    },
  )
}

/** Waits like `waitUntilReady`, but accepts a failed last update: the next update may solve it. */
export async function waitUntilSettled(
  functions: Functions,
  clock: Clock,
  name: string,
  version?: string,
): Promise<FunctionState> {
  const what = version === undefined ? name : `${name}:${version}`
  const patience = version === undefined ? updatePatience : versionPatience
  return waitUntil(clock, `the update of ${what}`, patience, async () => {
    const state = await functions.get(name, version)
    if (!state) throw new LambdactlError('NOT_FOUND', `The function ${what} was deleted meanwhile.`)
    return state.status === 'changing' ? undefined : state
  })
}
