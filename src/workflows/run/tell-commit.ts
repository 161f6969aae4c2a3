import type { CommitFound } from '../../packaging/tools/commit.ts'
import type { Run, Target } from './run.ts'
import { warn } from './warn.ts'

/** The notes that a run has shown, by their next steps: sources in two folders of a repository have the same note. */
const told = new WeakMap<AbortSignal, Set<string>>()

/**
 * Explains why a release has no commit on record, or one that git did not tell; once for all functions of a command.
 */
export function tellCommit(run: Run, target: Target, { variable, lacking }: CommitFound): void {
  if (!lacking) return
  const { why, next, isOrdinary } = lacking
  const before = told.get(run.signal) ?? new Set<string>()
  told.set(run.signal, before)
  if (before.has(next)) return
  before.add(next)
  if (variable !== undefined) {
    const text = `the recorded commit is that of ${variable}, and lambdactl does not know whether files differ from it: ${why}`
    run.emit({ function: target.function, event: 'noted', text })
  } else if (isOrdinary) {
    run.emit({ function: target.function, event: 'noted', text: `no commit is recorded: ${why}` })
  } else {
    warn(run, target, `No commit is recorded: ${why}. ${next}`)
  }
}
