import { expect, test } from 'vitest'
import { packageAt } from '../../../src/packaging/model/package-at.ts'

test.each<[string, string | undefined, string | undefined]>([
  ['node_modules/a/lib/b.js', 'a', 'node_modules/a'],
  ['../x/node_modules/@shop/a/b.js', '@shop/a', '../x/node_modules/@shop/a'],
  ['node_modules/.pnpm/a@1/node_modules/a/b.js', 'a', 'node_modules/.pnpm/a@1/node_modules/a'],
  ['node_modules/a/node_modules/b.js', 'a', 'node_modules/a'],
  ['node_modules/b.js', undefined, undefined],
  ['// node_modules/a/b.js', 'a', '// node_modules/a'],
  ['old-node_modules/a/b.js', undefined, undefined],
  ['src/modules/a/b.js', undefined, undefined],
])('the package of %s', (path, name, folder) => {
  expect(packageAt(path)).toEqual(name && { name, folder })
})
