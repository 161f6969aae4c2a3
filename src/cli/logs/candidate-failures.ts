import { asLambdactlError } from '../../errors/error.ts'
import type { ReleaseEvent } from '../../release/history/event.ts'
import type { Run, Target } from '../../workflows/run/run.ts'

/** The end of a release waits for the candidate's log no longer than this, milliseconds. */
const patienceMs = 10_000
/** The failures of this time are read, milliseconds: as the next step of the release's error does. */
const agoMs = 3_600_000
/** The kinds of failures that are shown; `logs errors` shows all. */
const mostKinds = 3

/** Remembers the candidates that were rolled back, and reads why their requests failed. */
export function candidateFailures() {
  const candidates = new Map<string, string>()
  const rolledBack = new Set<string>()
  return {
    see(event: ReleaseEvent): void {
      if (event.event === 'planned') candidates.set(event.function, event.plan.candidate)
      if (event.event === 'rolled-back') rolledBack.add(event.function)
    },
    /** The texts for a person, one for each candidate; none after an interrupt, since a person decided then. */
    async texts(run: Run, targets: readonly Target[]): Promise<string[]> {
      if (run.signal.aborted) return []
      const failed = targets.filter((target) => rolledBack.has(target.function))
      return Promise.all(failed.map((target) => failuresText(run, target, candidates.get(target.function))))
    },
  }
}

async function failuresText(run: Run, target: Target, version: string | undefined): Promise<string> {
  const [{ errorsText }, { listErrors }] = await Promise.all([
    import('../../ui/logs/lists/errors.ts'),
    import('../../workflows/logs/requests/list-errors.ts'),
  ])
  const patience = AbortSignal.timeout(patienceMs)
  const signal = AbortSignal.any([run.signal, patience])
  const span = { start: run.clock.now() - agoMs, version }
  const quiet = { notice: () => undefined, progress: () => undefined }
  try {
    const list = await listErrors({ ...run, signal }, target, span, quiet)
    return errorsText({ ...list, groups: list.groups.slice(0, mostKinds) })
  } catch (error) {
    const isOver = patience.aborted && !run.signal.aborted
    const why = isOver
      ? `CloudWatch did not give them within ${patienceMs / 1000} s.`
      : asLambdactlError(error).message
    // The error of the release follows, and must not be replaced.
    return `The candidate's failures can't be told now: ${why}`
  }
}
