import type { TimedReleaseEvent } from '../../release/history/event.ts'
import type { ComparedMetric, Figures } from '../../release/plan/comparison.ts'
import type { HookPoint } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { JudgedAlarm, Verdict } from '../../release/values/observed.ts'
import type { Phase } from '../../release/values/record.ts'

/** The state for the canary view. */
export interface CanaryState {
  plan: Plan | undefined
  alias: string
  /** The candidate's share of the traffic; undefined before the first shift and after the end: nothing is live. */
  percent: number | undefined
  /** Environments that become ready; undefined before and after. */
  warming: { version: string; available: number; requested: number } | undefined
  step: number
  verdict: Verdict | undefined
  alarms: readonly JudgedAlarm[]
  /** Empty if nothing is compared, or can be. */
  comparison: readonly ComparedMetric[]
  /** The figures of both versions; `not-permitted` if they may not be read, undefined if nothing was read yet. */
  figures: Figures | 'not-permitted'
  /** Whether the step, or the bake, is held once more, since its gates did not pass. */
  extended: boolean
  /** The running hook. */
  hook: HookPoint | undefined
  /** The end of the step, milliseconds since the epoch. */
  until: number | undefined
  /** The phase in which the release waits for a person; undefined if it does not. */
  waits: 'paused' | 'awaiting-approval' | undefined
}

export const beforeRelease: CanaryState = {
  plan: undefined,
  alias: '',
  percent: undefined,
  warming: undefined,
  step: 0,
  verdict: undefined,
  alarms: [],
  comparison: [],
  figures: undefined,
  extended: false,
  hook: undefined,
  until: undefined,
  waits: undefined,
}

/**
 * Tells whether there is more to show than the progress: traffic on the candidate, or environments that become ready.
 */
export function isLive({ plan, percent, warming }: CanaryState): boolean {
  return warming !== undefined || (plan !== undefined && percent !== undefined)
}

const ended: ReadonlySet<Phase> = new Set(['done', 'rolled-back'])

/** A release that has ended is not live any more. */
function placeOf({
  phase,
  weight,
  step,
}: Extract<TimedReleaseEvent, { event: 'standing' }>): Pick<CanaryState, 'percent' | 'step'> {
  return { percent: ended.has(phase) ? undefined : (weight?.percent ?? 100), step }
}

function waitOf(phase: Phase): CanaryState['waits'] {
  return phase === 'paused' || phase === 'awaiting-approval' ? phase : undefined
}

/** The view after one more event. */
export function afterEvent(state: CanaryState, event: TimedReleaseEvent): CanaryState {
  switch (event.event) {
    case 'planned':
      return { ...state, plan: event.plan, alias: event.alias }
    case 'warming': {
      const { version, available, requested } = event
      return { ...state, warming: available < requested ? { version, available, requested } : undefined }
    }
    case 'cooled':
      return { ...state, warming: undefined }
    case 'shifted':
      return {
        ...state,
        warming: undefined,
        percent: event.weight ? event.weight.percent : 100,
        step: event.step,
        until: undefined,
        extended: false,
        waits: undefined,
      }
    case 'standing':
      return { ...state, ...placeOf(event), until: undefined, waits: waitOf(event.phase) }
    case 'observed':
      return {
        ...state,
        verdict: event.verdict,
        alarms: event.alarms,
        comparison: event.comparison ?? [],
        figures: 'figures' in event ? (event.figures ?? 'not-permitted') : state.figures,
        extended: event.extended ?? false,
        until: event.until,
      }
    case 'hook':
      return { ...state, hook: event.state === 'started' ? event.hook : undefined }
    case 'done':
    case 'paused':
    case 'rolled-back':
      return { ...state, percent: undefined, until: undefined }
    default:
      return state
  }
}
