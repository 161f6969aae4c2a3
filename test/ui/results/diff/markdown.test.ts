import { expect, test, vi } from 'vitest'
import type { FunctionDiff } from '../../../../src/release/changes/function-diff.ts'
import { diffMarkdown, type ShownDiff } from '../../../../src/ui/results/diff/markdown.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0'))

const same: FunctionDiff = {
  function: 'mail',
  lambdaName: 'shop-mail-prod',
  alias: 'live',
  state: 'served',
  against: '3',
  weight: undefined,
  deploys: false,
  codeUnknown: undefined,
  configuration: [],
  code: [],
  attachments: [],
  drift: undefined,
}

const changed: FunctionDiff = {
  ...same,
  function: 'checkout',
  deploys: true,
  configuration: [{ field: 'memory', from: 512, to: 128 }],
  code: [{ path: 'app.py', change: 'changed', from: 1200, to: 90 }],
}

function shown(diff: FunctionDiff): ShownDiff {
  const advice = { configName: 'lambdactl.yaml', keepLines: () => [], deploy: 'lambdactl deploy checkout' }
  return { diff, advice }
}

function markdown(...diffs: FunctionDiff[]): string {
  return diffMarkdown(diffs.map(shown), 'prod', 'lambdactl diff --env prod')
}

const withPatch = (text: string, path = 'app.py'): FunctionDiff => ({
  ...changed,
  patch: [{ path, text }],
})

test('a table has all functions, and the changes of each are folded below it', () => {
  expect(markdown(changed, same)).toBe(`<!-- lambdactl diff prod -->
### lambdactl: the changes of a deploy to prod

| Function | Changes | A deploy |
| --- | --- | --- |
| checkout | 1 setting and 1 file changed against version 3 of live | publishes a version |
| mail | the same as version 3 of live | has nothing to do |

<details><summary>checkout</summary>

\`\`\`diff
! memory 512 MB → 128 MB
! app.py | 1.2 kB → 90 B
\`\`\`

</details>`)
})

test.each<[string, Partial<FunctionDiff>]>([
  ['creates it', { state: 'missing', deploys: true }],
  [
    '**would stop**, exit code 6',
    { stop: { checks: [{ title: 'drift', outcome: 'fail', detail: 'x' }], next: [] } },
  ],
  ['applies settings', { deploys: false, attachments: [{ field: 'tags', from: 'none', to: 'a' }] }],
  [
    'has nothing to do, but $LATEST was changed by hand',
    { deploys: false, drift: { since: '3', configuration: [], code: [], keep: {} } },
  ],
])('a deploy: %s', (words, more) => {
  expect(markdown({ ...changed, configuration: [], code: [], ...more })).toContain(`| ${words} |`)
})

test('no content ends its block, mentions a person, or begins mark-up', () => {
  const text = '+```` @octo/team </details>\n+<img src=x>'
  const found = markdown({ ...withPatch(text), alias: 'a|b `c` <i> @octo/team' })
  const [head = '', block = ''] = found.split('<details>')
  expect(head).toContain('version 3 of a\\|b \\`c\\` \\<i\\> @\u2060octo/team |')
  const fences = block.match(/^`{3,}.*$/gm)
  expect(fences).toEqual(['`````diff', '`````'])
  expect(block.indexOf('</details>\n+<img')).toBeGreaterThan(block.indexOf('`````diff'))
})

test.each([
  ['one long patch', [withPatch(Array.from({ length: 390 }, () => `+${'x'.repeat(300)}`).join('\n'))]],
  ['a line of a megabyte', [withPatch(`+${'x'.repeat(1_000_000)}`)]],
  ['fences alone', [withPatch(Array.from({ length: 390 }, () => '`'.repeat(390)).join('\n'))]],
  ['300 functions', Array.from({ length: 300 }, (_, index) => ({ ...changed, function: `f${index}` }))],
  [
    '50 functions with patches',
    Array.from({ length: 50 }, (_, index) => ({
      ...withPatch(Array.from({ length: 300 }, () => '+code').join('\n')),
      function: `f${index}`,
    })),
  ],
])('a comment fits into the limit of GitHub: %s', (_, diffs) => {
  const text = markdown(...diffs)
  expect(text.length).toBeLessThan(61_000)
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  expect(text.match(/^`{3,}(?:diff)?$/gm)?.length ?? 0).toBeGreaterThan(1)
  expect(text).toMatch(/… and \d+ more (?:line|function)s?|…\n|lambdactl diff --env prod$/)
})
