import { expect, test, vi } from 'vitest'
import type { FunctionDiff } from '../../../../src/release/changes/function-diff.ts'
import { patchTexts } from '../../../../src/ui/results/diff/patch.ts'

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

test('each file has its name and its text, without what steers a terminal or a CI', () => {
  const text = '--- a/app.py\n+++ b/app.py\n@@ -1,2 +1,2 @@\n ::error::hi\n-\u001b[2Jold\n+##[error]new\n'
  const [shown] = patchTexts({ ...view, patch: [{ path: 'src/app.ts', madeInto: 'index.mjs', text }] })
  expect(shown).toBe(`
version 3 → the code here

src/app.ts (a source of index.mjs)
--- a/app.py
+++ b/app.py
@@ -1,2 +1,2 @@
 : :error::hi
-old
+## [error]new`)
})

test('a long patch, and many of them, are cut with a sentence', () => {
  const text = '+x\n'.repeat(402)
  const patch = Array.from({ length: 62 }, (_, index) => ({ path: `f${index}`, text }))
  const [shown = ''] = patchTexts({ ...view, patch })
  expect(shown).toContain('… and 2 more lines (--json has all)')
  expect(shown.split('\n').at(-1)).toBe('… and 2 more files (--json has all)')
})

test('drift has a part of its own; nothing is there where nobody asked', () => {
  const drift = { since: '3', configuration: [], code: [], keep: {} }
  expect(patchTexts({ ...view, drift })).toEqual([])
  const patched = { ...drift, patch: [{ path: 'app.py', text: '-a\n+b\n' }] }
  expect(patchTexts({ ...view, against: '$LATEST', drift: patched })).toEqual([
    '\ndrift: version 3 → $LATEST\n\napp.py\n-a\n+b',
  ])
})
