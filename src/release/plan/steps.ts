import { LambdactlError } from '../../errors/error.ts'
import { parseDuration } from '../values/duration.ts'
import type { Step } from './plan.ts'

/** A step as a person writes it; without a duration it holds for the release's own. */
export type WrittenStep = Omit<Step, 'holdMs'> & { holdMs?: number }

/** The steps of a linear release: a percentage and its multiples below 100; for 25 these are 25, 50, 75. */
export function linearSteps(percent: number, each: Omit<WrittenStep, 'percent'> = {}): WrittenStep[] {
  const count = Math.ceil(100 / percent) - 1
  return Array.from({ length: count }, (_, index) => ({
    ...each,
    percent: fourDecimals(percent * (index + 1)),
  }))
}

/**
 * The steps of a plan.
 *
 * @param everyMs the duration of a step that names none
 */
export function plannedSteps(steps: readonly WrittenStep[], everyMs: number): Step[] {
  return steps.map((step) => ({ holdMs: everyMs, ...step, percent: fourDecimals(step.percent) }))
}

/** A weight that Lambda returns unchanged. */
function fourDecimals(percent: number): number {
  return Math.round(percent * 1e4) / 1e4
}

const shape =
  /^(?<percent>\d+(?:\.\d+)?)(?: for (?<hold>\w+))?(?: invocations (?<invocations>\d{1,9}))?(?<approval> approval)?$/

/**
 * Reads steps from a flag: `10,50`, or with conditions, `5 for 2m, 50 for 1h invocations 1000 approval`.
 *
 * @throws LambdactlError USAGE
 */
export function parseSteps(text: string): WrittenStep[] {
  const steps = text.split(',').map((part) => parseStep(part.trim().replace(/\s+/g, ' ')))
  requireSteps(steps.map(({ percent }) => percent))
  return steps
}

function parseStep(text: string): WrittenStep {
  const fields = shape.exec(text)?.groups
  const holdMs = fields?.['hold'] === undefined ? undefined : parseDuration(fields['hold'])
  if (!fields || (fields['hold'] !== undefined && holdMs === undefined)) {
    throw new LambdactlError(
      'USAGE',
      `The step ${JSON.stringify(text)} can't be read: expected a percentage, and after it optionally for DURATION, invocations COUNT and approval.`,
      { next: ['For example --steps 10,50 or --steps "5 for 2m, 50 for 1h invocations 1000 approval".'] },
    )
  }
  return {
    percent: Number(fields['percent']),
    ...(holdMs === undefined ? {} : { holdMs }),
    ...(fields['invocations'] ? { invocations: Number(fields['invocations']) } : {}),
    ...(fields['approval'] ? { approval: true } : {}),
  }
}

/**
 * Checks the weights of a list of steps.
 *
 * @param percents shares on the candidate, rising, each above 0 and below 100; the switch to 100% needs no step
 * @throws LambdactlError USAGE
 */
export function requireSteps(percents: readonly number[]): readonly number[] {
  percents.forEach((percent, index) => {
    if (!(percent > 0 && percent < 100)) {
      throw badSteps(percents, `a step is a percentage above 0 and below 100, and ${percent} is not`)
    }
    if (percent <= (percents[index - 1] ?? 0))
      throw badSteps(percents, `each step must be above the one before it`)
  })
  return percents
}

function badSteps(percents: readonly number[], why: string): LambdactlError {
  return new LambdactlError('USAGE', `The steps ${percents.join(',')} can't be used: ${why}.`, {
    next: ['Give rising percentages below 100, such as --steps 10,50; 100% comes after the last.'],
  })
}
