import { asLambdactlError, LambdactlError } from '../../errors/error.ts'
import { keepOperation } from '../history/keep-operation.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import type { Triggered, TriggerProblem } from './context.ts'
import { type DifferingTrigger, type Due, differingTriggers } from './differences.ts'

/**
 * Brings triggers to the state of the file, one after the other, and puts that on record. What was done stays if one
 * fails: the next deploy does the rest.
 *
 * @throws LambdactlError with the trigger's name
 */
export async function applyTriggers(
  run: Run,
  target: Target,
  differences: readonly DifferingTrigger[],
): Promise<void> {
  if (differences.length === 0) return
  const done: DifferingTrigger[] = []
  try {
    for (const difference of differences) {
      await difference.apply().catch((error: unknown) => {
        throw named(target, difference, error)
      })
      const { field, from, to } = difference
      run.emit({ function: target.function, event: 'setting', state: 'applied', field, from, to })
      done.push(difference)
    }
  } finally {
    if (done.length > 0) await keepOperation(run, target, { kind: 'triggered', ...namesOf(done) })
  }
}

function namesOf(done: readonly DifferingTrigger[]): {
  added: string[]
  changed: string[]
  removed: string[]
} {
  const names = (wanted: DifferingTrigger['does']) =>
    done.filter(({ does }) => does === wanted).map(({ field }) => field.slice('triggers.'.length))
  return { added: names('add'), changed: names('change'), removed: names('remove') }
}

function named(target: Target, { field }: DifferingTrigger, error: unknown): LambdactlError {
  const { code, message, next } = asLambdactlError(error)
  return new LambdactlError(code, `${field} of ${target.lambdaName} could not be applied. ${message}`, {
    next: [...next, `Then try again; the other triggers stay as they are: ${commandFor(target, 'deploy')}`],
    cause: error,
  })
}

/**
 * Applies the triggers of the file that are due.
 *
 * @returns whether any differed
 * @throws LambdactlError PREFLIGHT_FAILED for one that can't be applied, after the others were
 */
export async function applyDueTriggers(run: Run, target: Target, fn: Triggered, due: Due): Promise<boolean> {
  const { differences, problems } = await differingTriggers(run, target, fn, { isAliasThere: true, due })
  await applyTriggers(run, target, differences)
  if (problems.length > 0) throw notApplied(target, problems)
  return differences.length > 0
}

function notApplied(target: Target, problems: readonly TriggerProblem[]): LambdactlError {
  const what = problems.map(({ trigger, detail }) => `triggers.${trigger}: ${detail}`).join('; ')
  return new LambdactlError('PREFLIGHT_FAILED', `Not all triggers could be applied: ${what}.`, {
    next: [...problems.flatMap(({ next }) => next), `Then: ${commandFor(target, 'deploy')}`],
  })
}
