import { expect, test } from 'vitest'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { folder } from '../folder.ts'
import { answerOf } from './bundling.ts'

const knex = "module.exports = (name) => (name === 'pg' ? require('pg') : require('oracle'))"

async function pack(manifest: object, code = knex) {
  await using source = await folder({
    'index.ts': "import open from 'knex'\nexport const handler = async () => open('pg')\n",
    'node_modules/knex/package.json': JSON.stringify(manifest),
    'node_modules/knex/index.js': code,
    'node_modules/pg/package.json': '{}',
    'node_modules/pg/index.js': "module.exports = 'pg'",
  })
  const fn = { runtime: 'nodejs24.x', handler: 'index.handler', bundle: true, source: source.path }
  return await packageFunction(fn)
}

test.each([
  [
    'an optional peer',
    { peerDependencies: { oracle: '1' }, peerDependenciesMeta: { oracle: { optional: true } } },
  ],
  ['an optional dependency', { optionalDependencies: { oracle: '1' } }],
  ['what its package.json does not name', {}],
])('a dependency may do without %s that is not installed', async (_, manifest) => {
  const built = await pack(manifest)
  expect(await answerOf(built)).toBe('pg')
  expect(built.notes).toEqual([
    'knex imports packages that are not installed and may be optional: oracle; they are not in the bundle',
  ])
})

test.each([
  ['of its dependencies', { dependencies: { oracle: '1' } }, knex],
  ['of its peers', { peerDependencies: { oracle: '1' } }, knex],
  ['of its own files', {}, knex.replace("'oracle'", "'./oracle.js'")],
])('one %s that is not there is refused', async (_, manifest, code) => {
  await expect(pack(manifest, code)).rejects.toThrow('an import leads nowhere')
})
