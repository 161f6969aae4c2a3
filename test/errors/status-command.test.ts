import { expect, test } from 'vitest'
import { LambdactlError } from '../../src/errors/error.ts'
import { nameStatusCommand } from '../../src/errors/status-command.ts'

test('a next step that advises to look says which functions and where, once that is known', () => {
  const next = ['Look with `lambdactl status`, then go on.', 'See how it stands: lambdactl status']
  const stepsOf = () => new LambdactlError('CONFLICT', 'moved', { next }).next
  expect(stepsOf()).toEqual(next)
  nameStatusCommand('lambdactl status hello --env prod')
  expect(stepsOf()).toEqual([
    'Look with `lambdactl status hello --env prod`, then go on.',
    'See how it stands: lambdactl status hello --env prod',
  ])
})

test('a command that says so itself stays as it is', () => {
  const next = ['lambdactl status hello --env test', 'lambdactl status --all-versions']
  expect(new LambdactlError('CONFLICT', 'moved', { next }).next).toEqual(next)
})
