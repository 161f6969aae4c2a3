import { expect, test } from 'vitest'
import { type KnownCommand, unknownCommand } from '../../../src/cli/usage/unknown-command.ts'
import { stepsFor, usualConfig } from '../../../src/errors/next-step.ts'

const fn = { function: { required: true } }
const commands: KnownCommand[] = [
  { id: 'canary', args: fn },
  { id: 'canary:promote', args: fn },
  { id: 'canary:status', args: fn },
  { id: 'concurrency:provision', args: { ...fn, amount: { required: true } } },
  { id: 'concurrency:reserve', args: { ...fn, amount: { required: true } } },
  { id: 'concurrency:show', args: fn },
  { id: 'deploy', args: { function: { required: false } } },
  { id: 'logs:tail', args: fn },
  { id: 'sandbox:start', args: {} },
]

function meant(line: string, ...flags: string[]): string | undefined {
  const [first, second] = stepsFor(usualConfig, unknownCommand(line.split(' '), flags, commands).next)
  return second === undefined ? undefined : first
}

test.each([
  ['logs hello', 'lambdactl logs tail hello'],
  ['log hello', 'lambdactl logs tail hello'],
  ['logs tial hello', 'lambdactl logs tail hello'],
  ['concurrency hello', 'lambdactl concurrency show hello'],
  [
    'concurrency hello 5',
    'lambdactl concurrency provision hello 5, or lambdactl concurrency reserve hello 5',
  ],
  ['concurency reserv hello 5', 'lambdactl concurrency reserve hello 5'],
  ['sandbox strat', 'lambdactl sandbox start'],
  ['tail hello', 'lambdactl logs tail hello'],
  ['promote hello', 'lambdactl canary promote hello'],
  ['start', 'lambdactl sandbox start'],
  ['canari status hello', 'lambdactl canary status hello'],
  ['canari', 'lambdactl canary'],
  ['deplyo hello', 'lambdactl deploy hello'],
  ['canry hello', 'lambdactl canary hello'],
])('%s means a command with its arguments', (line, expected) => {
  expect(meant(line)).toBe(`Did you mean ${expected}?`)
})

test('what follows is repeated, ready for a shell', () => {
  expect(meant('logs hello', '--env', 'sandbox', '--filter', 'a b')).toBe(
    "Did you mean lambdactl logs tail hello --env sandbox --filter 'a b'?",
  )
})

test('where nothing is near, the commands that there are are named: of the topic, where it is one', () => {
  const next = (line: string) => unknownCommand(line.split(' '), [], commands).next
  expect(next('sandbox hello')).toEqual(['The commands are: sandbox start. See lambdactl help sandbox.'])
  expect(next('xyzzy')).toEqual([
    expect.stringMatching(/^The commands are: canary, .*, sandbox start\. See lambdactl help\.$/),
  ])
})
