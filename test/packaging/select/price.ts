import { expect } from 'vitest'
import type { PackageSource } from '../../../src/packaging/model/types.ts'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { linksOf } from './node-modules/installed.ts'

/** A handler that asks for `price`, and its package.json. */
export const handler = "import { gross } from 'price'\nexport const handler = async () => gross(10)\n"
export const manifest = (more: object = {}) =>
  JSON.stringify({ type: 'module', dependencies: { price: '1.0.0' }, ...more })
export const files = { 'index.mjs': handler, 'package.json': manifest() }

/** `price`, whose own dependency is beside its real folder only. */
export const price = {
  'price@1.0.0': {
    code: "const tax = require('tax'); exports.gross = (net) => net + tax.of(net)",
    links: { tax: 'tax@1.0.0' },
    manifest: { dependencies: { tax: '1.0.0' } },
  },
  'tax@1.0.0': { code: 'exports.of = (net) => net / 5' },
}
/** Packages `index.handler`, without links. */
export async function pack(source: string, more: Partial<PackageSource> = {}) {
  const fn = { source, runtime: 'nodejs24.x', handler: 'index.handler', bundle: false, ...more }
  const built = await packageFunction(fn)
  expect(await linksOf(built)).toEqual([])
  return built
}
