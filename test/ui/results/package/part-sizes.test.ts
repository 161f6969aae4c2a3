import { expect, test, vi } from 'vitest'
import { partSizesText } from '../../../../src/ui/results/package/part-sizes.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0'))

test('the sizes of parts are a tree; small parts are summed up, and control characters are gone', () => {
  const text = partSizesText(
    [
      {
        path: 'node_modules/big',
        bytes: 900_000,
        files: 12,
        because: ['index.ts', 'greet.ts'],
        parts: [{ path: 'node_modules/big/node_modules/inner', bytes: 400_000, files: 2 }],
      },
      { path: 'index.ts', bytes: 90_000, files: 1, because: [] },
      { path: 'small\u001b[2J', bytes: 6000, files: 1 },
      { path: 'smaller', bytes: 4000, files: 1 },
    ],
    Infinity,
  )
  expect(text.join('\n')).toMatchInlineSnapshot(`
    "  900.0 kB  90%  node_modules/big                       12 files  imported by index.ts → greet.ts
      400.0 kB  40%    node_modules/big/node_modules/inner  2 files
       90.0 kB   9%  index.ts
       10.0 kB   1%  2 more"
  `)
})

test('of an empty package there is nothing to tell', () => {
  expect(partSizesText([], Infinity)).toEqual([])
})
