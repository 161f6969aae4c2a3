import { expect, test } from 'vitest'
import { type NextStep, namedConfig, stepsFor, usualConfig } from '../../src/errors/next-step.ts'

const steps: NextStep[] = [
  'Try again.',
  (config) => `Correct source: in ${config.name}.`,
  (config) => `See its state: ${config.status}`,
]

test('steps name the file that was read, and commands read it too', () => {
  expect(stepsFor(namedConfig('conf/other.yaml', '--config conf/other.yaml'), steps)).toEqual([
    'Try again.',
    'Correct source: in conf/other.yaml.',
    'See its state: lambdactl status --config conf/other.yaml',
  ])
})

test('the usual file needs no flag', () => {
  expect(stepsFor(usualConfig, steps).slice(1)).toEqual([
    'Correct source: in lambdactl.yaml.',
    'See its state: lambdactl status',
  ])
})

test('a step of several failures is said once', () => {
  const step = (): NextStep => (config) => `Correct source: in ${config.name}.`
  expect(stepsFor(usualConfig, [step(), 'a', step(), 'a'])).toEqual([
    'Correct source: in lambdactl.yaml.',
    'a',
  ])
})
