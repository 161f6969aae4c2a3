import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../../src/cli/run/run-command.ts'
import { loadHandler } from '../../../src/packaging/load/load-handler.ts'
import type { LoadingSource, Tools } from '../../../src/packaging/model/types.ts'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { zipOf } from '../../sandbox/lambda/zip.ts'
import { folder } from '../folder.ts'
import { failureOf, load, node } from '../loading.ts'
import { tools as toolsIn } from '../tools.ts'

const link = 0o120777

test('a ready zip is loaded with the links in it, except those that leave it', async () => {
  const zip = zipOf([
    { name: 'lib/v1/handler.js', content: 'exports.handler = () => 1' },
    { name: 'lib/current', content: 'v1', mode: link },
    { name: 'index.js', content: 'lib/current/../v1/handler.js', mode: link },
    { name: 'round', content: 'round', mode: link },
    { name: 'out', content: 'lib/current/../../../etc', mode: link },
  ])
  await using at = await folder({ 'ready.zip': Buffer.from(zip) })
  const fn = { ...node, source: join(at.path, 'ready.zip') }
  const tools = toolsIn(join(at.path, 'cache'))
  expect(await loadHandler(fn, await packageFunction(fn), tools)).toEqual([])
  const outside = { ...fn, handler: 'out/passwd.handler' }
  await expect(loadHandler(outside, await packageFunction(fn), tools)).rejects.toThrow('passwd')
})

describe('a Node handler is loaded from its package alone', () => {
  test.each([
    ['an ES module', { 'index.mjs': 'export const handler = async () => 1' }, {}],
    ['CommonJS', { 'index.js': 'exports.handler = () => 1' }, {}],
    ['CommonJS as a whole', { 'index.js': "module.exports = { ['han' + 'dler']() {} }" }, {}],
    [
      'the default of an ES module, from Node 24 on',
      { 'index.mjs': 'export default { handler() {} }' },
      { runtime: 'nodejs24.x' },
    ],
    ['a nested name', { 'index.js': 'exports.api = { get() {} }' }, { handler: 'index.api.get' }],
    ['another name of exports', { 'index.js': 'const e = exports\ne.handler = () => 1' }, {}],
    [
      'another name of exports, bundled',
      { 'index.js': 'const e = exports\ne.handler = () => 1' },
      { bundle: true },
    ],
    ['what is copied, bundled', { 'index.js': 'Object.assign(this, { handler() {} })' }, { bundle: true }],
    ['a folder', { 'index/index.js': 'exports.handler = () => 1' }, {}],
    ['a file without an ending', { index: 'exports.handler = () => 1' }, {}],
    [
      'a dependency',
      { 'node_modules/wrap/index.js': 'exports.handler = () => 1' },
      { handler: 'wrap.handler' },
    ],
    [
      'the folder of the package at Lambda',
      { 'lib/a.js': 'exports.handler = () => 1' },
      { handler: '/var/task/lib/a.handler' },
    ],
    ['a bundle', { 'index.ts': 'export const handler = () => 1' }, { bundle: true }],
    ['a bundle in CommonJS', { 'index.ts': 'export const handler = () => 1' }, { bundle: { format: 'cjs' } }],
    [
      'a pending top-level',
      { 'index.mjs': 'setInterval(() => {}, 1000)\nexport const handler = () => 1' },
      {},
    ],
  ] as const)('%s', async (_, files, more) => {
    expect(await load(files, more)).toEqual([])
  })

  test("the runtime's AWS SDK may be missing on this machine", async () => {
    const files = {
      'index.mjs': `import { DynamoDBClient as Client, PutItemCommand } from '@aws-sdk/client-dynamodb'
import * as ssm from '@aws-sdk/client-ssm'
const client = new Client({ region: process.env.AWS_REGION }), { get } = new ssm.SSMClient({})
class Put extends PutItemCommand {}
export const handler = () => client.send(new Put(get))`,
    }
    expect(await load(files)).toEqual([])
    const required =
      "const { S3 } = require('@aws-sdk/client-s3')\nconst s3 = new S3()\nexports.handler = () => s3"
    expect(await load({ 'index.js': required })).toEqual([])
  })

  test("the SDK of the function's own folder is used where it is there", async () => {
    const files = {
      'index.ts':
        "import { S3 } from '@aws-sdk/client-s3'\nif (S3.own !== 1) throw new Error('not the own')\nexport const handler = () => 1",
      'node_modules/@aws-sdk/client-s3/package.json': '{"main": "main.cjs"}',
      'node_modules/@aws-sdk/client-s3/main.cjs': 'exports.S3 = { own: 1 }',
    }
    expect(await load(files, { bundle: true })).toEqual([])
  })
})

describe('one that Lambda could not start is refused with what it said', () => {
  test.each([
    [
      'a value that is no function',
      { 'index.mjs': 'export const handler = "index"' },
      'The handler index.handler was loaded: expected a function, got a value of type string.',
    ],
    [
      'a name that is computed otherwise',
      { 'index.js': 'module.exports = { handler: undefined, ...process.report }' },
      'The handler index.handler was loaded: expected a function, got nothing.',
    ],
    [
      'another name',
      { 'index.js': 'const e = exports\ne.main = () => 1' },
      'The handler index.handler was loaded: expected a function, got nothing beside main.',
    ],
    [
      'no module',
      { 'main.mjs': 'export const handler = () => 1' },
      'The handler index.handler has no module: expected index.js, index.mjs or index.cjs, got main.mjs.',
    ],
    [
      'a class',
      { 'index.mjs': 'export class handler {}' },
      'The handler index.handler was loaded: expected a function of an event and a context, got a class, which can only be constructed.',
    ],
    [
      'what only the default of an ES module has, before Node 24',
      { 'index.mjs': 'export default { handler() {} }' },
      'The handler index.handler was loaded: expected a function, got nothing.',
      { runtime: 'nodejs22.x' },
    ],
    [
      'a nested name that is not there',
      { 'index.js': 'exports.api = {}' },
      'The handler index.api.get was loaded: expected a function, got nothing.',
      { handler: 'index.api.get' },
    ],
  ])('%s', async (_, files, message, more: Partial<LoadingSource> = {}) => {
    expect(await failureOf(load(files, more))).toBe(message)
  })

  test('a module that is missing', async () => {
    const message = await failureOf(
      load({ 'index.mjs': "import 'left-pad'\nexport const handler = () => 1" }),
    )
    expect(message).toMatch(
      /^The handler index\.handler can't be loaded, so Lambda couldn't start it\.\n[^]*Cannot find package 'left-pad'/,
    )
    expect(message).not.toContain('lambdactl-load-')
  })

  test('a variable that is missing, and the next step says how to go past it', async () => {
    const code = "if (!process.env.TABLE) throw new Error('TABLE is not set')\nexport const handler = () => 1"
    const failure: unknown = await load({ 'index.mjs': code }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'PACKAGE_INVALID',
      message: expect.stringContaining('Error: TABLE is not set') as string,
      next: expect.arrayContaining([expect.stringContaining('--no-load')]) as string[],
    })
    expect(await load({ 'index.mjs': code }, { environment: { TABLE: 'orders' } })).toEqual([])
  })

  test('what it says of a variable is shown by its name, since it may be a secret', async () => {
    const code = "throw new Error('no database at ' + process.env.URL)\nexport const handler = () => 1"
    const message = await failureOf(
      load({ 'index.mjs': code }, { environment: { URL: 'postgres://me:pass@db' } }),
    )
    expect(message).toContain('no database at ${URL}')
    expect(message).not.toContain('pass')
  })

  test('so is one of quotes and several lines, however it is written', async () => {
    const code =
      "console.error(JSON.stringify(process.env.KEY))\nthrow new Error('no:' + process.env.KEY)\nexport const handler = () => 1"
    const KEY = 'BEGIN "KEY"\nMIIEvQIBADAN'
    const message = await failureOf(load({ 'index.mjs': code }, { environment: { KEY } }))
    expect(message).toContain('${KEY}')
    expect(message).not.toMatch(/BEGIN|MIIE/)
  })

  test('one that waits for what never comes', async () => {
    const code = 'await new Promise(() => {})\nexport const handler = () => 1'
    expect(await failureOf(load({ 'index.mjs': code }))).toBe(
      "The handler index.handler can't be loaded, so Lambda couldn't start it.\n  a top-level await is never settled",
    )
  })

  test.each([
    ['a promise', "Promise.reject(new Error('no queue'))"],
    ['an error', "process.nextTick(() => { throw new Error('no queue') })"],
  ])('one that leaves %s behind that nobody catches', async (_, code) => {
    const files = { 'index.mjs': `${code}\nexport const handler = () => 1` }
    expect(await failureOf(load(files))).toMatch(/so Lambda couldn't start it\.\n {2}Error: no queue\n/)
  })

  test('one that ends the process', async () => {
    const code = "console.error('no licence')\nprocess.exit(4)\nexport const handler = () => 1"
    expect(await failureOf(load({ 'index.mjs': code }))).toBe(
      "The handler index.handler can't be loaded: its process exited with 4.\n  no licence",
    )
  })
})

test("a handler sees the function's variables and no others, and no credentials", async () => {
  const code = `import { homedir } from 'node:os'
const { TABLE, AWS_ACCESS_KEY_ID, CI_TOKEN, AWS_LAMBDA_FUNCTION_NAME } = process.env
if (TABLE !== 'orders' || AWS_ACCESS_KEY_ID || CI_TOKEN || !AWS_LAMBDA_FUNCTION_NAME) throw new Error('seen')
if (!homedir().includes('lambdactl-load-')) throw new Error(homedir())
export const handler = () => 1`
  const before = { ...process.env }
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIA', CI_TOKEN: 'x' })
  try {
    expect(await load({ 'index.mjs': code }, { environment: { TABLE: 'orders' } })).toEqual([])
  } finally {
    process.env = before
  }
})

describe('a handler that was loaded before', () => {
  const code = (more: string) => ({ 'index.mjs': `${more}\nexport const handler = () => process.env.TABLE` })
  const counted = () => {
    let times = 0
    const count: Tools['runCommand'] = (command) => {
      times += 1
      return runCommand(command)
    }
    return { count, times: () => times }
  }

  test('is not loaded again, until its code, its variables or its name change', async () => {
    await using cache = await folder({})
    const { count, times } = counted()
    const tools = { ...toolsIn(cache.path), runCommand: count }
    const timesAfter = async (files: Record<string, string>, more: Partial<LoadingSource> = {}) => {
      expect(await load(files, more, tools)).toEqual([])
      return times()
    }
    expect(await timesAfter(code(''))).toBe(1)
    expect(await timesAfter(code(''))).toBe(1)
    expect(await timesAfter(code('1'))).toBe(2)
    expect(await timesAfter(code(''), { environment: { TABLE: 'a' } })).toBe(3)
    expect(await timesAfter(code(''), { environment: { TABLE: 'b' } })).toBe(4)
    expect(await timesAfter({ ...code(''), 'more.mjs': 'export const handler = () => 1' })).toBe(5)
    expect(
      await timesAfter(
        { ...code(''), 'more.mjs': 'export const handler = () => 1' },
        { handler: 'more.handler' },
      ),
    ).toBe(6)
  })

  test('is loaded again where it could not be loaded', async () => {
    await using cache = await folder({})
    const { count, times } = counted()
    const tools = { ...toolsIn(cache.path), runCommand: count }
    const failing = () => failureOf(load(code("throw new Error('once')"), {}, tools))
    expect(await failing()).toContain('once')
    expect(await failing()).toContain('once')
    const layers = ['arn:aws:lambda:eu-west-1:123456789012:layer:pad:1']
    const excused = () => load(code("import 'left-pad'"), { layers }, tools)
    expect(await excused()).toHaveLength(1)
    expect(await excused()).toHaveLength(1)
    expect(times()).toBe(4)
  })

  test('is said to be of another version of the runtime all the same', async () => {
    await using cache = await folder({})
    const tools = toolsIn(cache.path)
    const first = await load(code(''), { runtime: 'nodejs18.x' }, tools)
    expect(first).toHaveLength(1)
    expect(await load(code(''), { runtime: 'nodejs18.x' }, tools)).toEqual(first)
  })
})

test('nothing is loaded where that is not wanted, and of other runtimes', async () => {
  const files = { 'index.mjs': 'throw new Error()\nexport const handler = () => 1' }
  expect(await load(files, { load: false })).toEqual([])
  expect(await load({ 'index.js': "module.exports = require('./app')" }, { load: false })).toEqual([
    'whether index.js defines handler is unknown until it is loaded',
  ])
  const missing = load({ 'index.mjs': 'export const main = 1' }, { load: false })
  expect(await failureOf(missing)).toContain('is not in index.mjs: expected it to define handler, got main')
  expect(await load({ 'a.jar': '' }, { runtime: 'java21', handler: 'Any::any' })).toEqual([])
})
