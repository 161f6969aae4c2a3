import { describe, expect, test } from 'vitest'
import { stepsFor, usualConfig } from '../../../src/errors/next-step.ts'
import { leftUndone } from '../../../src/packaging/python/left-undone.ts'
import { answerOf, bundle, type Files, refusalOf } from './bundling.ts'

const files = {
  'index.ts': "import it from './it.loud'\nexport const handler = async () => it",
  'it.loud': 'hello',
}
const loud = (mark = '!') => `({
  name: 'loud',
  setup(building) {
    building.onLoad({ filter: /\\.loud$/ }, async ({ path }) => {
      const text = await (await import('node:fs/promises')).readFile(path, 'utf8')
      return { contents: 'export default ' + JSON.stringify(text.toUpperCase() + '${mark}') }
    })
  },
})`

const withPlugin = (code: string, more: Files = {}) =>
  bundle({ ...files, 'plugin.mjs': code, ...more }, { bundle: { plugins: ['plugin.mjs'] } })

describe('a bundle is made with the plugins that a module exports', () => {
  test.each([
    ['one', `export default ${loud()}`],
    ['a list', `export default [${loud()}]`],
    ['a function', `export default async () => [${loud()}]`],
  ])('%s', async (_, code) => {
    expect(await answerOf(await withPlugin(code))).toBe('HELLO!')
  })

  test('and another plugin makes another package', async () => {
    const [one, same, other] = await Promise.all([
      withPlugin(`export default ${loud()}`),
      withPlugin(`export default ${loud()}`),
      withPlugin(`export default ${loud('?')}`),
    ])
    expect(same.codeDigest).toBe(one.codeDigest)
    expect(other.codeDigest).not.toBe(one.codeDigest)
  })

  test('whatever a plugin prints, leaves open or sets stays with its process', async () => {
    const code = `console.log('noise')\nsetInterval(() => {}, 1000)\nprocess.env.FROM_PLUGIN = '1'\nexport default ${loud()}`
    expect(await answerOf(await withPlugin(code))).toBe('HELLO!')
    expect(process.env['FROM_PLUGIN']).toBeUndefined()
  })

  test('of CommonJS code, which is built twice', async () => {
    const index = "const it = require('./it.loud')\nexports.handler = async () => it.default"
    const built = await bundle(
      { 'index.js': index, 'it.loud': 'hello', 'plugin.mjs': `export default ${loud()}` },
      { bundle: { plugins: ['plugin.mjs'] } },
    )
    expect(await answerOf(built)).toBe('HELLO!')
  })
})

const failing = (action: string) =>
  `export default { name: 'loud', setup(building) { building.onLoad({ filter: /loud$/ }, () => { ${action} }) } }`

describe('an error of a plugin names it', () => {
  test('thrown', async () => {
    const { message } = await refusalOf(withPlugin(failing("throw new Error('no voice')")))
    expect(message).toMatch(/plugin loud: no voice/)
    expect(message).not.toMatch(/^\s+at /m)
  })

  test('told, with its place', async () => {
    const told =
      "return { errors: [{ text: 'too loud', location: { file: 'it.loud', line: 3, column: 4 } }] }"
    const { message } = await refusalOf(withPlugin(failing(told)))
    expect(message).toContain('it.loud:3:5: plugin loud: too loud')
  })

  test.each([
    ['that is not there', undefined, /other\.mjs: expected an ES module, got none/],
    ['that fails as it is loaded', "throw new Error('no voice')", /plugin\.mjs: no voice/],
    ['that exports no plugin', 'export default { name: 1 }', /plugin\.mjs: expected an esbuild plugin/],
    ['that exports nothing', 'export const plugin = 1', /got nothing/],
    ['that ends its process', 'process.exit(3)', /plugin\.mjs exited with 3/],
  ])('%s', async (_, code, expected) => {
    const work = code ? withPlugin(code) : bundle(files, { bundle: { plugins: ['other.mjs'] } })
    const { message, next } = await refusalOf(work)
    expect(message).toMatch(expected)
    expect(stepsFor(usualConfig, next)).toEqual([
      'Correct the plugin, or plugins: of bundle: in lambdactl.yaml.',
    ])
  })
})

test('without running anything of the project, a bundle with plugins is not known', async () => {
  const fn = { source: '/nowhere', runtime: 'nodejs24.x', handler: 'index.handler' }
  expect(await leftUndone({ ...fn, bundle: { plugins: ['/nowhere/plugin.mjs'] } })).toBe(
    'the plugins of bundle: were not run',
  )
  expect(await leftUndone({ ...fn, bundle: { minify: true } })).toBeUndefined()
})
