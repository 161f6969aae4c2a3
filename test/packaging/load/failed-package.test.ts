import { expect, test } from 'vitest'
import type { LambdactlError } from '../../../src/errors/error.ts'
import { stepsFor, usualConfig } from '../../../src/errors/next-step.ts'
import { load } from '../loading.ts'

const whole = 'bundle: {external: [orm]} adds it unbundled beside the bundle, with its dependencies.'

async function nextOf(orm: string) {
  const files = {
    'index.mjs': "import open from 'orm'\nopen('pg')\nexport const handler = () => 1\n",
    'node_modules/orm/package.json': '{"name": "orm"}',
    'node_modules/orm/index.js': orm,
  }
  const failure = await load(files, { bundle: true }).catch((error: LambdactlError) => error)
  return stepsFor(usualConfig, (failure as LambdactlError).next)
}

test('a package that does not find another from inside the bundle is named with the line that keeps it whole', async () => {
  const next = await nextOf(
    "module.exports = (name) => { try { require(name) } catch { throw new Error('Please install ' + name) } }",
  )
  expect(next[0]).toContain(whole)
})

test('a package that fails for another reason is not', async () => {
  const next = await nextOf("module.exports = () => { throw new Error('no URL was given') }")
  expect(next.join('\n')).not.toContain('external')
})
