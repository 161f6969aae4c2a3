import * as z from 'zod'
import { linearSteps, type WrittenStep } from '../../release/plan/steps.ts'
import { duration } from '../values/fields.ts'

const percentages = 'rising percentages above 0 and below 100 (lambdactl adds 100 itself)'
const linear = 'a percentage from 1 to 50'

const percentage = z.number(percentages).gt(0, percentages).lt(100, percentages)

/** A step's conditions besides its weight. */
const conditions = {
  for: duration(0).optional().describe('The shortest time that the step holds. Default: every.'),
  invocations: z
    .int('a whole number')
    .min(1, 'a whole number from 1')
    .optional()
    .describe('Invocations of the candidate that the step needs.'),
  approval: z
    .boolean('true or false')
    .optional()
    .describe('Whether a person has to approve before more traffic moves.'),
}

const stepSchema = z.union(
  [
    percentage,
    z.strictObject({
      weight: percentage.describe("The candidate's share of the traffic, in percent."),
      ...conditions,
    }),
  ],
  'a percentage, or a map with a weight',
)

const linearSchema = z.strictObject({
  linear: z
    .number(linear)
    .min(1, linear)
    .max(50, linear)
    .describe('Equal steps of this percentage: 25 makes 25, 50 and 75.'),
  ...conditions,
})

/** `release.steps` as the file writes it. */
export const stepsSchema = z.union(
  [
    z.array(stepSchema, percentages).refine((steps) => isRising(steps.map(weightOf)), percentages),
    linearSchema,
  ],
  'a list of steps, or linear and a percentage',
)

type WrittenConditions = { [Name in keyof typeof conditions]?: z.output<(typeof conditions)[Name]> }

/** The steps by which the candidate's weight rises. */
export interface StepSettings {
  /** The name of a canary release with these steps. */
  readonly strategy: 'canary' | 'linear'
  /** Rising; 100 follows by itself. */
  readonly steps: readonly WrittenStep[]
}

/** The steps in a release's form. */
export function releaseSteps(steps: z.output<typeof stepsSchema> = [10, 50]): StepSettings {
  if ('linear' in steps) return { strategy: 'linear', steps: linearSteps(steps.linear, conditionsOf(steps)) }
  return {
    strategy: 'canary',
    steps: steps.map((step) => ({
      percent: weightOf(step),
      ...(typeof step === 'number' ? {} : conditionsOf(step)),
    })),
  }
}

function conditionsOf({
  for: holdMs,
  invocations,
  approval,
}: WrittenConditions): Omit<WrittenStep, 'percent'> {
  return {
    ...(holdMs === undefined ? {} : { holdMs }),
    ...(invocations === undefined ? {} : { invocations }),
    ...(approval ? { approval } : {}),
  }
}

function weightOf(step: z.output<typeof stepSchema>): number {
  return typeof step === 'number' ? step : step.weight
}

function isRising(weights: readonly number[]): boolean {
  return weights.every((weight, index) => index === 0 || weight > (weights[index - 1] ?? 0))
}
