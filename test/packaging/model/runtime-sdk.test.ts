import { describe, expect, test } from 'vitest'
import { isInRuntime, listedOn, runtimePackages } from '../../../src/packaging/model/runtime-sdk.ts'
import { answerOf, bundle, codeOf, type Files, refusalOf } from '../bundle/bundling.ts'
import { failureOf, load } from '../loading.ts'

/** A package of node_modules that exports its own name. */
const dependency = (name: string, more = ''): Files => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
  [`node_modules/${name}/index.js`]: `${more}exports.it = ${JSON.stringify(name)}\n`,
})
const asking = (...names: string[]) =>
  `${names.map((name, at) => `import { it as it${at} } from '${name}'`).join('\n')}
export const handler = async () => [${names.map((_, at) => `it${at}`).join()}]\n`

const client = '@aws-sdk/client-s3'
const givenUp = '@aws-sdk/node-http-handler'

test('the list has its date, and the clients and helpers that each runtime is known to have', () => {
  expect(listedOn).toMatch(/^20\d\d-\d\d-\d\d$/)
  for (const version of [18, 20, 22, 24]) {
    for (const name of ['client-s3', 'client-dynamodb', 'lib-dynamodb', 'credential-providers'])
      expect(isInRuntime(`nodejs${version}.x`, `@aws-sdk/${name}`)).toBe(true)
    for (const name of ['@aws-sdk/util-utf8-node', givenUp, '@smithy/node-http-handler', 'aws-sdk'])
      expect(isInRuntime(`nodejs${version}.x`, name)).toBe(false)
  }
  expect(runtimePackages('nodejs16.x')).toEqual(['aws-sdk'])
  expect(runtimePackages('nodejs99.x')).toEqual([])
})

describe('what the runtime is not known to have of the AWS SDK is in the bundle', () => {
  test('a package that was given up, beside a client that stays out', async () => {
    const built = await bundle({
      'index.ts': asking(client, givenUp),
      ...dependency(client),
      ...dependency(givenUp),
    })
    expect(await codeOf(built)).toContain(`from "${client}"`)
    expect(await codeOf(built)).not.toContain(`from "${givenUp}"`)
    expect(built.notes).toEqual([
      "the AWS SDK is the runtime's own, not in the bundle (bundle: {sdk: bundle} adds it)",
      `these packages are in the bundle, since nodejs24.x may not have them: ${givenUp}`,
    ])
  })

  test('also where an older library requires it', async () => {
    const built = await bundle({
      'index.ts': asking('older'),
      ...dependency('older', `require('${givenUp}')\n`),
      ...dependency(givenUp),
    })
    expect(await answerOf(built)).toEqual(['older'])
    expect(built.notes).toEqual([expect.stringContaining(givenUp)])
  })

  test('packages that only the SDK itself asks for are not told one by one', async () => {
    const built = await bundle({
      'index.ts': asking(givenUp),
      ...dependency(givenUp, "require('@aws-sdk/querystring-builder')\n"),
      ...dependency('@aws-sdk/querystring-builder'),
    })
    expect(built.notes.join()).not.toContain('querystring-builder')
  })

  test('all of it, for a runtime that has version 2', async () => {
    const files = { 'index.ts': asking(client, 'aws-sdk'), ...dependency(client), ...dependency('aws-sdk') }
    const built = await bundle(files, { runtime: 'nodejs16.x' })
    expect(await codeOf(built)).not.toContain(`from "${client}"`)
    expect(await codeOf(built)).toContain('"aws-sdk"')
    expect(built.notes).toEqual([expect.stringContaining(`nodejs16.x may not have them: ${client}`)])
  })

  test('nothing of it where sdk: bundle takes all in', async () => {
    const files = { 'index.ts': asking(client), ...dependency(client) }
    const built = await bundle(files, { bundle: { sdk: 'bundle' } })
    expect(built.notes).toEqual(['the AWS SDK is in the bundle'])
    expect(await answerOf(built)).toEqual([client])
  })
})

describe('a handler is loaded with the SDK of its runtime', () => {
  const files = (name: string): Files => ({ 'index.mjs': asking(name) })

  test('what it is known to have stands for itself', async () => {
    expect(await load(files(client))).toEqual([])
  })

  test.each([givenUp, '@aws-sdk/util-utf8-node', 'aws-sdk'])('%s is missing', async (name) => {
    expect(await failureOf(load(files(name)))).toContain(`Cannot find package '${name}'`)
    const { next } = await refusalOf(load(files(name)))
    expect(next[0]).toContain(`is not known to have ${name} (as of ${listedOn})`)
  })

  test.each(['@smithy/node-http-handler', '@aws-sdk/core', '@aws-sdk/client-new'])(
    '%s may be there, and is no reason to refuse the handler',
    async (name) => {
      for (const bundled of [false, { external: [name] }])
        expect(await load(files(name), { bundle: bundled })).toContainEqual(
          expect.stringMatching(`since ${name} is not in the package, and nodejs.* may not have it: install`),
        )
    },
  )

  test('also where this machine has it beside the source', async () => {
    const external = { external: [givenUp] }
    const here = { ...dependency(givenUp), '.lambdactlignore': 'node_modules/\n' }
    const work = load({ ...files(givenUp), ...here }, { bundle: external })
    expect(await failureOf(work)).toContain(`Cannot find package '${givenUp}'`)
  })
})

describe('version 2 of the AWS SDK in a package is told with its size', () => {
  const files = {
    'index.js': "const it = require('aws-sdk')\nexports.handler = async () => it",
    ...dependency('aws-sdk', `exports.big = '${'x'.repeat(2_300_000)}'\n`),
  }

  test.each([true, false])('bundle: %s', async (bundled) => {
    const { notes } = await bundle(files, { bundle: bundled, runtime: 'nodejs20.x' })
    expect(notes).toContainEqual(
      expect.stringMatching(
        /version 2 of the AWS SDK.*2\.3 MB.*nodejs20\.x itself has version 3.*clients\/s3/,
      ),
    )
  })

  test('and where it is not installed, the error says that the runtime has none', async () => {
    const { next } = await refusalOf(bundle({ 'index.js': files['index.js'] }))
    expect(next).toContainEqual(expect.stringContaining('The runtime has no aws-sdk'))
  })

  test('and not where nothing of it is left, or the runtime has it', async () => {
    const unused = { ...files, 'index.js': 'exports.handler = async () => 1' }
    expect((await bundle(unused)).notes).toEqual([])
    expect((await bundle(files, { runtime: 'nodejs16.x' })).notes).toEqual([])
  })
})
