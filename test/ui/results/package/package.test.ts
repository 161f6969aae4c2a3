import { expect, test, vi } from 'vitest'
import { packageText } from '../../../../src/ui/results/package/package.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

test('a package says its digest, its sizes and what was left out', () => {
  const text = packageText(
    {
      function: 'checkout',
      digest: 'abc',
      zippedBytes: 1234,
      unzippedBytes: 4_500_000,
      files: 2,
      largest: [
        { path: 'node_modules/big', bytes: 4_000_000 },
        { path: 'index.js', bytes: 900 },
      ],
      leftOut: ['.env'],
      notes: ['left 2 development packages out'],
      out: 'checkout.zip',
    },
    Infinity,
  )
  expect(text).toMatchInlineSnapshot(`
    "checkout
      digest   abc
      size     1.2 kB zipped, 4.5 MB unzipped, 2 files
      largest  4.0 MB  node_modules/big
                900 B  index.js
      left out .env: it looks like a secret
      note     left 2 development packages out
      written  checkout.zip"
  `)
})
