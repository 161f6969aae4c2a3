import type { Plan, ScheduledShift } from '../../release/plan/plan.ts'
import { durationWords } from '../../release/values/duration.ts'
import { count } from './figures.ts'

/** `, holds 5 min, has 1000 invocations at least, awaits approval`: the conditions for the next shift. */
export function conditionsOf({
  percent,
  holdMs,
  invocations,
  approval,
}: Omit<ScheduledShift, 'afterMs'>): string {
  const hold = `, ${percent === 100 ? 'bakes' : 'holds'} ${durationWords(holdMs)}`
  return [
    holdMs === 0 ? '' : hold,
    invocations ? `, has at least ${count(invocations, 'invocation')}` : '',
    approval ? ', awaits approval' : '',
  ].join('')
}

/** `gated by errors, slow and a comparison with version 3` and `with hooks at after-shift`, as the plan has them. */
export function gatesOf({ alarms, comparison, stable, hooks }: Plan): string[] {
  const compared = comparison ? [`a comparison with version ${stable}`] : []
  const gates = [...(alarms.length > 0 ? [alarms.join(', ')] : []), ...compared]
  return [
    ...(gates.length > 0 ? [`gated by ${gates.join(' and ')}`] : []),
    ...(hooks ? [`with hooks at ${hooks.join(', ')}`] : []),
  ]
}
