import pLimit from 'p-limit'
import { asLambdactlError, type Failure } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import { asOneError } from '../../errors/worst.ts'
import type { Stage } from '../../release/history/event.ts'
import { begin, interruptible, type Run, type Target } from './run.ts'

/** Takes several functions of one command through its phases; functions that failed take part in no later phase. */
export interface Attempts {
  /**
   * Takes all that are left through a phase, side by side, and may be interrupted at any point.
   *
   * @param items in the targets' order; undefined for those that are not left
   */
  phase<Item, Answer>(
    items: readonly (Item | undefined)[],
    work: (item: Item) => Promise<Answer>,
    how?: PhaseOptions<Answer>,
  ): Promise<(Answer | undefined)[]>
  /** Does one's work; undefined where that failed, which is told. */
  one<Answer>(target: Target, work: () => Promise<Answer>): Promise<Answer | undefined>
  /** Whether the others go no further, since one failed or all were interrupted. */
  areOver(): boolean
  /** @throws LambdactlError what failed so far, as one error; nothing where nothing did */
  requireNone(): void
}

interface PhaseOptions<Answer> {
  /** Whether no other begins once one has failed; otherwise all are tried, and all that failed are told. */
  stops?: boolean
  /** The stage of a function until the others are through; `waiting` by default. */
  after?: (answer: Answer) => Stage
}

/** Functions that are worked on at a time: as many as it takes to use up the 15 calls a second. */
const width = 8

/** @param keepGoing whether the others go on where one failed */
export function attempts(run: Run, targets: readonly Target[], keepGoing = false): Attempts {
  const failures: Failure[] = []
  const areSeveral = targets.length > 1
  const areOver = () => failures.length > 0 && (!keepGoing || run.signal.aborted)
  const one: Attempts['one'] = async (target, work) => {
    try {
      return await work()
    } catch (error) {
      const failure = { function: target.function, error: asLambdactlError(error) }
      failures.push(failure)
      if (areSeveral) tellFailure(run, failure)
      return undefined
    }
  }
  return {
    one,
    areOver,
    phase(items, work, { stops = false, after } = {}) {
      const pairs = targets.map((target, index) => ({ target, item: items[index] }))
      return pLimit(width).map(pairs, async ({ target, item }) => {
        if (item === undefined || (stops && areOver())) return undefined
        const answer = await one(target, () => interruptible(run.signal, () => work(item)))
        if (areSeveral && answer !== undefined) begin(run, target, after?.(answer) ?? 'waiting')
        return answer
      })
    },
    requireNone() {
      // In the functions' order, whichever failed first.
      const inOrder = targets.flatMap((target) =>
        failures.filter((failed) => failed.function === target.function),
      )
      const worst = asOneError(inOrder, targets.length)
      if (worst) throw worst
    },
  }
}

/** Tells that one of several failed, as it happens: the others may take a while yet. */
export function tellFailure(
  run: Pick<Run, 'emit' | 'config'>,
  { function: name, error: { code, message, next } }: Failure,
): void {
  if (code === 'INTERRUPTED') return
  run.emit({ function: name, event: 'failed', code, message, next: stepsFor(run.config, next) })
}
