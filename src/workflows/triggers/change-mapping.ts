import { asLambdactlError, isCode, LambdactlError } from '../../errors/error.ts'
import type { PausedMapping } from '../../operation/triggers/pause.ts'
import { isMoving } from '../../operation/triggers/pause.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { type Patience, waitUntil } from '../run/wait-until.ts'
import { warn } from '../run/warn.ts'

/** A mapping that could not be changed. */
interface Failed extends PausedMapping {
  error: LambdactlError
}

/** The ends of changes of several mappings. */
export interface Changed {
  made: PausedMapping[]
  /** Somebody has deleted them. */
  gone: PausedMapping[]
  failed: Failed[]
}

/**
 * Changes mappings, each as soon as Lambda is not changing it any more. One that fails does not stop the others.
 *
 * @param change false while Lambda is changing the mapping
 * @throws LambdactlError INTERRUPTED
 */
export async function changeEach(
  run: Run,
  target: Target,
  mappings: readonly PausedMapping[],
  change: (uuid: string) => Promise<boolean>,
): Promise<Changed> {
  const changed: Changed = { made: [], gone: [], failed: [] }
  await Promise.all(
    mappings.map(async (mapping) => {
      try {
        await waitUntil(run.clock, `the event source mapping ${mapping.uuid}`, patience(target), async () =>
          (await change(mapping.uuid)) ? true : undefined,
        )
        changed.made.push(mapping)
      } catch (error) {
        if (isCode(error, 'INTERRUPTED')) throw error
        if (isCode(error, 'NOT_FOUND')) changed.gone.push(mapping)
        else changed.failed.push({ ...mapping, error: asLambdactlError(error) })
      }
    }),
  )
  return changed
}

/**
 * Waits until Lambda has finished changing mappings. The change is accepted in any case, so that a warning tells of one
 * that takes too long.
 */
export async function awaitSettled(
  run: Run,
  target: Target,
  mappings: readonly PausedMapping[],
): Promise<void> {
  await Promise.all(
    mappings.map(async ({ uuid, source }) => {
      try {
        await waitUntil(run.clock, `the event source mapping ${uuid}`, patience(target), async () => {
          const now = await run.aws.triggers.mapping(uuid)
          return !now || !isMoving(now) ? true : undefined
        })
      } catch (error) {
        const { code, message } = asLambdactlError(error)
        if (code === 'INTERRUPTED') throw error
        const see = commandFor(target, 'triggers list')
        warn(run, target, `The change of ${source} (${uuid}) is not known to be finished. ${message} ${see}`)
      }
    }),
  )
}

/** Lambda takes from seconds to about a minute to change a mapping. */
function patience(target: Target): Patience {
  return {
    deadlineMs: 180_000,
    firstPauseMs: 500,
    longestPauseMs: 5000,
    late: () =>
      new LambdactlError('UPDATE_FAILED', 'lambdactl waited 3 min, and Lambda is still changing it.', {
        next: [`See its state: ${commandFor(target, 'triggers list')}`],
      }),
  }
}

/** The error for mappings that could not be changed, with AWS's reason of each. */
export function notAll(what: string, { made, failed }: Changed, next: readonly string[]): LambdactlError {
  const reasons = failed.map(({ source, uuid, error }) => `${source} (${uuid}): ${error.message}`)
  const [first] = failed
  const isSame = failed.every(({ error }) => error.code === first?.error.code) && made.length === 0
  return new LambdactlError(
    isSame && first ? first.error.code : 'UPDATE_FAILED',
    `${failed.length} of ${made.length + failed.length} event source mappings could not be ${what}: ${reasons.join('; ')}.`,
    { next, cause: first?.error },
  )
}
