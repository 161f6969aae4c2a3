import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answerOf } from '../bundle/bundling.ts'
import { folder } from '../folder.ts'
import { installed, link } from './node-modules/installed.ts'
import { files, pack, price } from './price.ts'

/** Stores as package managers have them, each with the real folder of a package and that of what it asks for. */
const layouts: [string, string, string][] = [
  ['pnpm', '.pnpm/price@1.0.0/node_modules/price', '.pnpm/tax@1.0.0/node_modules/tax'],
  [
    'npm, install-strategy=linked',
    '.store/price@1.0.0-a1/node_modules/price',
    '.store/tax@1.0.0-b2/node_modules/tax',
  ],
  ['Bun, isolated', '.bun/price@1.0.0/node_modules/price', '.bun/tax@1.0.0/node_modules/tax'],
]

describe('the store of', () => {
  test.each(layouts)('%s is laid out', async (_, own, other) => {
    await using source = await folder({
      ...files,
      [`node_modules/${own}/index.js`]: price['price@1.0.0'].code,
      [`node_modules/${own}/package.json`]: '{"name": "price"}',
      [`node_modules/${other}/index.js`]: price['tax@1.0.0'].code,
      [`node_modules/${other}/package.json`]: '{"name": "tax"}',
    })
    const modules = join(source.path, 'node_modules')
    await link(join(modules, own, '../tax'), join(modules, other))
    await link(join(modules, 'price'), join(modules, own))
    expect(await answerOf(await pack(source.path))).toBe(12)
  })

  test("Yarn's nodeLinker: pnpm is laid out", async () => {
    const store = 'node_modules/.store'
    await using source = await folder({
      ...files,
      [`${store}/price-npm-1/package/index.js`]: price['price@1.0.0'].code,
      [`${store}/price-npm-1/package/package.json`]: '{"name": "price", "dependencies": {"tax": "1"}}',
      [`${store}/tax-npm-1/package/index.js`]: price['tax@1.0.0'].code,
      [`${store}/tax-npm-1/package/package.json`]: '{"name": "tax"}',
    })
    await link(
      join(source.path, store, 'price-npm-1/node_modules/tax'),
      join(source.path, store, 'tax-npm-1/package'),
    )
    await link(join(source.path, 'node_modules/price'), join(source.path, store, 'price-npm-1/package'))
    expect(await answerOf(await pack(source.path))).toBe(12)
  })

  test('a whole machine, outside of the project, is laid out', async () => {
    await using store = await folder()
    await installed(store.path, price, {}, 'links')
    await using source = await folder(files)
    await link(
      join(source.path, 'node_modules/price'),
      join(store.path, 'links/price@1.0.0/node_modules/price'),
    )
    expect(await answerOf(await pack(source.path))).toBe(12)
  })
})
