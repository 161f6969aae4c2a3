import pLimit from 'p-limit'
import { asLambdactlError, type Failure } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import { asOneError } from '../../errors/worst.ts'
import type { Stage } from '../../release/history/event.ts'
import { begin, interruptible, type Run, type Target } from './run.ts'

/** Takes several functions of one command through its phases; a failed function takes part in no later phase. */
export interface Attempts {
  /**
   * Takes all remaining functions through a phase, side by side; it may be interrupted at any point.
   *
   * @param items in the targets' order; undefined for functions that are out
   */
  phase<Item, Answer>(
    items: readonly (Item | undefined)[],
    work: (item: Item) => Promise<Answer>,
    how?: PhaseOptions<Answer>,
  ): Promise<(Answer | undefined)[]>
  /** Does one function's work; undefined, with an event, if it failed. */
  one<Answer>(target: Target, work: () => Promise<Answer>): Promise<Answer | undefined>
  /** Whether the others stop, since one failed or all were interrupted. */
  areOver(): boolean
  /** @throws LambdactlError all failures so far as one error; nothing if there are none */
  requireNone(): void
}

interface PhaseOptions<Answer> {
  /** Whether no other function begins after a failure; false: all are tried, and all failures are reported. */
  stops?: boolean
  /** The stage of a function until the others have finished theirs; default: `waiting`. */
  after?: (answer: Answer) => Stage
}

/** The number of functions at a time: enough to use the 15 calls a second. */
const width = 8

/** @param keepGoing whether the others go on after a failure */
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
      // In the functions' order, not in the order of failing.
      const inOrder = targets.flatMap((target) =>
        failures.filter((failed) => failed.function === target.function),
      )
      const worst = asOneError(inOrder, targets.length)
      if (worst) throw worst
    },
  }
}

/** Reports the failure of one of several at once: the others may take a while. */
export function tellFailure(
  run: Pick<Run, 'emit' | 'config'>,
  { function: name, error: { code, message, next } }: Failure,
): void {
  if (code === 'INTERRUPTED') return
  run.emit({ function: name, event: 'failed', code, message, next: stepsFor(run.config, next) })
}
