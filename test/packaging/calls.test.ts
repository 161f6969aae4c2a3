import { describe, expect, test } from 'vitest'
import { failureOf, load } from './loading.ts'

const three = { 'index.mjs': 'export const handler = (event, context, callback) => callback(null, 1)' }

describe('a handler of three parameters', () => {
  test.each(['nodejs24.x', 'nodejs26.x'])('is refused for %s', async (runtime) => {
    const failure: unknown = await load(three, { runtime }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'PACKAGE_INVALID',
      message: `${runtime} does not start a handler of three parameters (Runtime.CallbackHandlerDeprecated), and index.handler has three: a callback as the third one is not supported.`,
      next: expect.arrayContaining([expect.stringContaining('async (event, context)')]) as string[],
    })
  })

  test.each([
    ['nodejs22.x', 'export const handler = (event, context, callback) => callback(null, 1)'],
    ['nodejs24.x', 'export const handler = (event, context, ...more) => more'],
    ['nodejs24.x', 'export const handler = (event, context, callback = undefined) => callback'],
    [
      'nodejs24.x',
      'export const handler = awslambda.streamifyResponse(async (event, stream, context) => stream.end())',
    ],
    ['nodejs24.x', 'export function handler() { return arguments[2] }'],
  ])('is taken by %s: %s', async (runtime, code) => {
    const notes = await load({ 'index.mjs': code }, { runtime })
    expect(notes.filter((note) => !note.startsWith("the handler was loaded by this machine's"))).toEqual([])
  })

  test('is refused for managed instances by any version', async () => {
    const versioned = {
      capacityProvider: { arn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:one' },
    }
    expect(await failureOf(load(three, { runtime: 'nodejs22.x', versioned }))).toContain(
      'nodejs22.x on managed instances does not start a handler of three parameters',
    )
  })

  test('where something wraps it, that is only said', async () => {
    const environment = { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' }
    expect(await load(three, { environment })).toEqual([
      expect.stringMatching(
        /^nodejs24\.x does not start a handler of three parameters .* unless the program in AWS_LAMBDA_EXEC_WRAPPER wraps it$/,
      ),
    ])
  })
})

describe('a Python handler', () => {
  const loadPython = async (code: string) =>
    (await load({ 'app.py': code }, { runtime: 'python3.14', handler: 'app.handler' })).filter(
      (note) => !note.startsWith("the handler was loaded by this machine's"),
    )

  test.each([
    ['of one parameter', 'def handler(event):\n    pass\n', "one that can't be called with two"],
    ['of three', 'def handler(event, context, more):\n    pass\n', "one that can't be called with two"],
    ['that is async', 'async def handler(event, context):\n    pass\n', 'one that is async'],
  ])('%s is refused: each call of it fails', async (_, code, got) => {
    expect(await failureOf(loadPython(code))).toContain(
      `The handler app.handler was loaded: expected a function of an event and a context, got ${got}`,
    )
  })

  test.each([
    ['that takes any number', 'def handler(*all):\n    pass\n'],
    ['with more that has a default', 'def handler(event, context, more=1):\n    pass\n'],
    [
      'that is an object',
      'class App:\n    def __call__(self, event, context):\n        pass\nhandler = App()\n',
    ],
    ['that is built in', 'handler = print\n'],
    [
      'that is wrapped',
      'import functools\ndef one(event):\n    pass\n@functools.wraps(one)\ndef handler(event, context):\n    return one(event)\n',
    ],
  ])('%s is taken', async (_, code) => {
    expect(await loadPython(code)).toEqual([])
  })
})

describe('an ES module in a .js file', () => {
  const files = { 'index.js': 'export const handler = () => 1' }
  const required = {
    'index.js': "exports.handler = require('./other.mjs').handler",
    'other.mjs': 'export const handler = () => 1',
  }
  const isTaken = [expect.stringContaining("loaded by this machine's")]

  test('is refused for nodejs22.x, where Lambda switches off that Node looks for it', async () => {
    const failure: unknown = await load(files, { runtime: 'nodejs22.x' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      message: expect.stringContaining("Unexpected token 'export'") as string,
      next: expect.arrayContaining([expect.stringContaining('name the file .mjs')]) as string[],
    })
    expect(await failureOf(load(required, { runtime: 'nodejs22.x' }))).toContain('ERR_REQUIRE_ESM')
  })

  test('is taken where the package says so, where it is switched on, and by later versions', async () => {
    const typed = { ...files, 'package.json': '{"type": "module"}' }
    expect(await load(typed, { runtime: 'nodejs22.x' })).toEqual(isTaken)
    const environment = { NODE_OPTIONS: '--experimental-detect-module --experimental-require-module' }
    expect(await load(files, { runtime: 'nodejs22.x', environment })).toEqual(isTaken)
    expect(await load(required, { runtime: 'nodejs22.x', environment })).toEqual(isTaken)
    expect(await load(files, { runtime: 'nodejs26.x' })).toEqual(isTaken)
    expect(await load(files, { runtime: 'nodejs22.x', bundle: true })).toEqual(isTaken)
  })
})
