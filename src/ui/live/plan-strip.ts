import stringWidth from 'string-width'
import type { Plan } from '../../release/plan/plan.ts'
import { durationWords } from '../../release/values/duration.ts'
import { count } from '../text/figures.ts'

/** A part of a plan: over, under way or still to come. */
export interface PlanPart {
  is: 'done' | 'now' | 'to-come'
  text: string
}

/** Between two parts. */
export const stripGap = '  '

const marks = { done: '✔', now: '●', 'to-come': '·' } as const

/**
 * The steps of a plan, and its switch to 100% with the bake, in the available columns. If there is too little room,
 * conditions are left out first; then past steps and those in the middle are counted.
 *
 * @param step the step under way, from 1; after the last one the switch to 100%
 */
export function planStrip(plan: Plan, step: number, columns: number): PlanPart[] {
  const bare = partsOf(plan, step, [])
  const ahead = bare.filter(({ is }) => is === 'to-come').length
  const ways = [
    partsOf(plan, step, ['now', 'to-come']),
    partsOf(plan, step, ['now']),
    bare,
    ...Array.from({ length: ahead }, (_, less) => collapsed(bare, ahead - 1 - less)),
  ]
  return ways.find((parts) => widthOf(parts) <= columns) ?? collapsed(bare, 0)
}

function widthOf(parts: readonly PlanPart[]): number {
  return stringWidth(parts.map(({ text }) => text).join(stripGap))
}

/** @param told the parts that are shown with their conditions */
function partsOf({ steps, bakeMs }: Plan, step: number, told: readonly PlanPart['is'][]): PlanPart[] {
  const shares = [
    ...steps.map(({ percent, ...conditions }) => ({ percent, words: conditionsOf(conditions) })),
    { percent: 100, words: bakeMs > 0 ? `bakes ${durationWords(bakeMs)}` : '' },
  ]
  return shares.map(({ percent, words }, index) => {
    const is = index + 1 < step ? 'done' : index + 1 === step ? 'now' : 'to-come'
    const more = words !== '' && told.includes(is) ? ` ${words}` : ''
    return { is, text: `${marks[is]} ${percent}%${more}` }
  })
}

/** `for 5 min, 1000 invocations, approval`. */
function conditionsOf({ holdMs, invocations, approval }: Omit<Plan['steps'][number], 'percent'>): string {
  return [
    ...(holdMs > 0 ? [`for ${durationWords(holdMs)}`] : []),
    ...(invocations ? [count(invocations, 'invocation')] : []),
    ...(approval ? ['approval'] : []),
  ].join(', ')
}

/** @param ahead how many coming steps are shown, beside the switch to 100% */
function collapsed(parts: readonly PlanPart[], ahead: number): PlanPart[] {
  const done = parts.filter(({ is }) => is === 'done')
  const now = parts.filter(({ is }) => is === 'now')
  const upcoming = parts.filter(({ is }) => is === 'to-come')
  const last = upcoming.slice(-1)
  const between = upcoming.slice(0, -1)
  const hidden = between.length - Math.min(ahead, between.length)
  return [
    ...(done.length > 1
      ? [{ is: 'done' as const, text: `${marks.done} ${count(done.length, 'step')}` }]
      : done),
    ...now,
    ...between.slice(0, ahead),
    ...(hidden > 0 ? [{ is: 'to-come' as const, text: `${marks['to-come']} ${hidden} more` }] : []),
    ...last,
  ]
}
