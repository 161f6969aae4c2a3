import { expect, test, vi } from 'vitest'
import { configurationChangesText } from '../../../../src/ui/results/diff/configuration-changes.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

test('what a version runs with otherwise is one line each, with units and without control characters', () => {
  const role = 'arn:aws:iam::123456789012:role/'
  expect(
    configurationChangesText('3', [
      { field: 'memory', from: 512, to: 128 },
      { field: 'timeout', from: 10, to: 3 },
      { field: 'role', from: `${role}new`, to: `${role}old\u001b[2J\n` },
      { field: 'layers', from: ['one', 'two'], to: [] },
      { field: 'environment', name: 'TABLE', change: 'changed' },
    ]),
  ).toBe(`warning: version 3 also differs in its configuration from the version that had the traffic before:
  memory 512 MB → 128 MB
  timeout 10 s → 3 s
  role ${role}new → ${role}old 
  layers one, two → none
  environment variable TABLE changed`)
})
