import { expect, test } from 'vitest'
import { linearSteps, parseSteps, plannedSteps, requireSteps } from '../../../src/release/plan/steps.ts'

test.each([[[]], [[1]], [[99]], [[10, 50]], [[1, 2, 3, 99]], [[0.5, 5.5]]])('%j are steps', (percents) => {
  expect(requireSteps(percents)).toBe(percents)
})

test.each([
  [[0], 'a step is a percentage above 0 and below 100, and 0 is not'],
  [[100], 'a step is a percentage above 0 and below 100, and 100 is not'],
  [[10, 100], 'a step is a percentage above 0 and below 100, and 100 is not'],
  [[-5], 'a step is a percentage above 0 and below 100, and -5 is not'],
  [[Number.NaN], 'a step is a percentage above 0 and below 100, and NaN is not'],
  [[10, 10], 'each step must be above the one before it'],
  [[50, 10], 'each step must be above the one before it'],
])('%j are no steps', (percents, why) => {
  expect(() => requireSteps(percents)).toThrowError(
    expect.objectContaining({
      code: 'USAGE',
      message: `The steps ${percents.join(',')} can't be used: ${why}.`,
      next: ['Give rising percentages below 100, such as --steps 10,50; 100% comes after the last.'],
    }),
  )
})

test('a step as a flag has it may say how long, after how many invocations, and that a person approves', () => {
  expect(parseSteps('10,50')).toEqual([{ percent: 10 }, { percent: 50 }])
  expect(parseSteps('0.5 for 90s , 25  invocations 1000,50 for 1h30m invocations 20 approval')).toEqual([
    { percent: 0.5, holdMs: 90_000 },
    { percent: 25, invocations: 1000 },
    { percent: 50, holdMs: 5_400_000, invocations: 20, approval: true },
  ])
})

test.each([
  '',
  '10,',
  'ten',
  '10 for',
  '10 for long',
  '10 approval for 5m',
  '10%',
  '-5',
  '1e1',
  '10 invocations 1.5',
])('the steps %j are refused with what a step looks like', (text) => {
  expect(() => parseSteps(text)).toThrowError("can't be read")
})

test('steps of a flag have to rise, too', () => {
  expect(() => parseSteps('50 approval, 10')).toThrowError('each step must be above the one before it')
})

test.each([
  [25, [25, 50, 75]],
  [50, [50]],
  [33, [33, 66, 99]],
  [30, [30, 60, 90]],
  [1, Array.from({ length: 99 }, (_, index) => index + 1)],
])('linear steps of %j percent stay below 100', (percent, percents) => {
  expect(linearSteps(percent)).toEqual(percents.map((each) => ({ percent: each })))
})

test('linear steps all have the same conditions', () => {
  expect(linearSteps(50, { invocations: 10, approval: true })).toEqual([
    { percent: 50, invocations: 10, approval: true },
  ])
})

test('a step of a plan holds as long as it says, else as long as the release says, and has a weight that Lambda keeps', () => {
  expect(plannedSteps([{ percent: 33.333333 }, { percent: 50, holdMs: 0 }], 60_000)).toEqual([
    { percent: 33.3333, holdMs: 60_000 },
    { percent: 50, holdMs: 0 },
  ])
})
