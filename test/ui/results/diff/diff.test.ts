import { expect, test, vi } from 'vitest'
import type { FunctionDiff } from '../../../../src/release/changes/function-diff.ts'
import { diffText } from '../../../../src/ui/results/diff/diff.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0'))

const view: FunctionDiff = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  alias: 'live',
  state: 'served',
  against: '3',
  weight: undefined,
  deploys: true,
  codeUnknown: undefined,
  configuration: [],
  code: [],
  attachments: [],
  drift: undefined,
}

test('settings, variables and files are a line each, safe for a terminal', () => {
  expect(
    diffText({
      ...view,
      weight: { version: '4', percent: 10 },
      configuration: [
        { field: 'memory', from: 512, to: 128 },
        { field: 'layers', from: [], to: ['one'] },
        { field: 'environment', name: 'TOKEN', change: 'changed' },
      ],
      code: [
        { path: 'app.py', change: 'changed', from: 1200, to: 90 },
        { path: 'bin/\u001b[31mrun\n', change: 'executable', from: 10, to: 10 },
        { path: 'new.py', change: 'added', from: undefined, to: 5 },
        { path: 'old.py', change: 'removed', from: 6, to: undefined },
      ],
      attachments: [{ field: 'reservedConcurrency', from: 'none', to: '5' }],
      drift: {
        since: '3',
        configuration: [{ field: 'timeout', from: 3, to: 30, overwritten: true }],
        code: [],
        keep: { timeout: '30s' },
      },
    }),
  ).toBe(`checkout (shop-checkout-prod): 3 settings and 4 files changed against version 3 of live
  version 4 has 10% of live
  ~ memory 512 MB → 128 MB
  + layers none → one
  ~ environment variable TOKEN
  ~ app.py   | 1.2 kB → 90 B
  ~ bin/run  | executable
  + new.py   | 5 B
  - old.py   | 6 B
  ~ reservedConcurrency none → 5 (belongs to no version)
  drift: $LATEST differs from version 3
  ~ timeout 3 s → 30 s  a deploy overwrites it`)
})

test('the tool that changed settings is named below them, before the files', () => {
  const text = diffText({
    ...view,
    owner: 'Terraform',
    configuration: [{ field: 'memory', from: 512, to: 128 }],
    code: [{ path: 'new.py', change: 'added', from: undefined, to: 5 }],
  })
  expect(text.split('\n').slice(1)).toEqual([
    '  ~ memory 512 MB → 128 MB',
    '    set by Terraform: a release publishes $LATEST with these settings, and changes none',
    '  + new.py | 5 B',
  ])
})

test('a long list of files is cut, and says so', () => {
  const code = Array.from({ length: 62 }, (_, index) => ({
    path: `f${index}`,
    change: 'added' as const,
    from: undefined,
    to: 1,
  }))
  const lines = diffText({ ...view, code }).split('\n')
  expect(lines).toHaveLength(62)
  expect(lines.at(-1)).toBe('    … and 2 more files (--json has all)')
})

test.each([
  ['nothing to deploy', { deploys: false }, 'the same as version 3 of live'],
  [
    'another digest of the same',
    {},
    'the same code and configuration as version 3 of live, with another digest: a deploy publishes it again',
  ],
  [
    'no alias',
    { state: 'no-alias', against: '$LATEST' },
    'there is no alias live yet, a deploy creates it; the same as $LATEST',
  ],
  ['no function', { state: 'missing', against: undefined }, 'not deployed: everything is new'],
] as const)('%s is said', (_what, change, headline) => {
  expect(diffText({ ...view, ...change })).toBe(`checkout (shop-checkout-prod): ${headline}`)
})
