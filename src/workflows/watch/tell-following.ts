import { LambdactlError } from '../../errors/error.ts'
import { overAt } from '../../release/decision/decide.ts'
import type { HookPoint } from '../../release/plan/hooks.ts'
import { looksAgain } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, waitsForPerson } from '../../release/values/record.ts'
import type { PlannedRelease } from '../run/release.ts'
import { warn } from '../run/warn.ts'
import type { Seen } from './observe.ts'
import { onInterruptOf } from './on-interrupt.ts'

/** Reports the alias's new place. */
export function tellShift({ run, target, plan }: PlannedRelease, alias: AliasState): void {
  const record = parseRecord(alias.description)
  if (!record) throw new LambdactlError('BUG', 'The alias came back without the record that was written.')
  const { version, weight } = alias
  const { phase, step, steps } = record
  const base = { function: target.function, alias: alias.name, version }
  // A bake that ends well moves nothing.
  if (phase !== 'done' || !looksAgain(plan))
    run.emit({ ...base, event: 'shifted', ...(weight ? { weight } : {}), step, steps })
  if (phase === 'done') run.emit({ ...base, event: 'done', previous: plan.stable })
}

const interruptWords = {
  'roll-back': 'rolling back',
  pause: 'pausing',
  detach: 'leaving the release as it is; no process watches its gates until one carries it on',
}

/** Reported at once: work that is under way, such as a call without an answer, may delay the next events. */
export function tellInterrupt({ run, target }: PlannedRelease): void {
  const text = `interrupted: ${interruptWords[onInterruptOf(run.signal)]}. Interrupt again to leave at once, without changing the alias.`
  warn(run, target, text)
}

/** Reports the result of a look. */
export function tellObserved(
  { run, target, plan }: PlannedRelease,
  seen: Seen,
  decision: { do: string; until?: number; hook?: HookPoint },
): void {
  const { verdict, alarms, comparison, record } = seen
  const { until = run.clock.now(), hook } = decision
  const goesOn = decision.do === 'wait' && !hook && record && !waitsForPerson(record)
  const isExtended = goesOn && until > overAt(plan, record)
  const at = { step: record?.step ?? 0, steps: plan.steps.length, until }
  const more = {
    ...(comparison && { comparison: comparison.metrics }),
    ...('figures' in seen && { figures: seen.figures }),
    ...(isExtended && { extended: true as const }),
  }
  run.emit({ function: target.function, event: 'observed', verdict, alarms, ...more, ...at })
}
