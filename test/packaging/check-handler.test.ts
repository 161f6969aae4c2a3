import { describe, expect, test } from 'vitest'
import { checkHandler } from '../../src/packaging/check-handler.ts'
import type { FileMode } from '../../src/packaging/types.ts'

function check(runtime: string, handler: string, files: Record<string, string>, mode: FileMode = 0o644) {
  const listing = {
    files: Object.keys(files).map((path) => ({ path, mode })),
    read: async (path: string) => Buffer.from(files[path] ?? ''),
  }
  return checkHandler({ source: '/unused', bundle: false, runtime, handler }, listing)
}

describe('a Node handler is found', () => {
  test.each([
    ['as an export of an ES module', 'index.handler', { 'index.mjs': 'export const handler = () => 1' }],
    ['as a renamed export', 'index.handler', { 'index.js': 'const a = 1\nexport { a as handler }' }],
    ['as a re-export', 'index.handler', { 'index.js': "export { handler } from './other.js'" }],
    ['perhaps, behind export *', 'index.handler', { 'index.js': "export * from './other.js'" }],
    ['as a property of exports', 'index.handler', { 'index.js': 'exports.handler = () => 1' }],
    [
      'as a property of module.exports',
      'index.handler',
      { 'index.cjs': "module.exports['handler'] = () => 1" },
    ],
    [
      'in an object',
      'index.handler',
      { 'index.js': 'const handler = 1; module.exports = { a: 1, handler }' },
    ],
    [
      'as the TypeScript compiler writes it',
      'index.handler',
      {
        'index.js':
          'Object.defineProperty(exports, "__esModule", { value: true });\nexports.handler = handler;',
      },
    ],
    ['perhaps, in what a call returns', 'index.handler', { 'index.js': "module.exports = require('./app')" }],
    ['in a folder', 'dist/api/index.get', { 'dist/api/index.js': 'exports.get = 1' }],
    ['under a nested name', 'index.api.get', { 'index.js': 'exports.api = { get() {} }' }],
  ] as const)('%s', async (_how, handler, files) => {
    await expect(check('nodejs24.x', handler, files)).resolves.toBeUndefined()
  })
})

test.each([
  ['nodejs24.x', '/opt/nodejs/node_modules/datadog-lambda-js/handler.handler'],
  ['nodejs24.x', 'node_modules/datadog-lambda-js/dist/handler.handler'],
  ['python3.13', 'datadog_lambda.handler.handler'],
])('of %s, %s may be in a layer, where there is one', async (runtime, handler) => {
  const listing = { files: [{ path: 'app.py', mode: 0o644 as const }], read: async () => Buffer.alloc(0) }
  const fn = { source: '/unused', bundle: false, runtime, handler }
  await expect(checkHandler({ ...fn, layers: ['arn'] }, listing)).resolves.toBeUndefined()
  await expect(checkHandler({ ...fn, layers: [] }, listing)).rejects.toThrow('has no module')
})

describe('a Node handler is missing', () => {
  test.each([
    [
      'when the module is',
      'app.handler',
      { 'index.js': '', 'index.d.ts': '' },
      'The handler app.handler has no module: expected app.js, app.mjs or app.cjs, got index.js and index.d.ts.',
    ],
    [
      'from an ES module',
      'index.handler',
      { 'index.mjs': 'export const main = 1\n// export const handler = 2' },
      'The handler index.handler is not in index.mjs: expected it to define handler, got main.',
    ],
    [
      'from an ES module that exports nothing',
      'index.handler',
      { 'index.mjs': "import { handler } from './other.mjs'\nhandler()" },
      'The handler index.handler is not in index.mjs: expected it to define handler, got no names.',
    ],
    [
      'from a CommonJS module',
      'index.handler',
      { 'index.js': '// exports.handler = 1\nexports.main = exports.other = 1' },
      'The handler index.handler is not in index.js: expected it to define handler, got main and other.',
    ],
    [
      'from an object of exports',
      'index.handler',
      { 'index.js': 'module.exports = { main: 1 }' },
      'The handler index.handler is not in index.js: expected it to define handler, got no names.',
    ],
  ] as const)('%s', async (_how, handler, files, message) => {
    await expect(check('nodejs24.x', handler, files)).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message,
    })
  })

  test.each(['handler', 'index.', '.handler', '../index.handler', '/var/index.handler', ''])(
    'since %j is no handler',
    async (handler) => {
      await expect(check('nodejs24.x', handler, { 'index.js': '' })).rejects.toThrow(
        'The handler is malformed: expected a module and what it exports, as in index.handler',
      )
    },
  )
})

describe('a Python handler', () => {
  test.each([
    ['index.handler', { 'index.py': 'import os\n\ndef handler(event, context):\n    pass\n' }],
    ['index.handler', { 'index.py': 'async def handler(event, context): pass\n' }],
    ['index.handler', { 'index.py': 'handler = Mangum(app)\n' }],
    ['index.handler', { 'index.py': 'handler: Callable[[dict], str] = make()\n' }],
    ['index.Handler', { 'index.py': 'class Handler:\n    pass\n' }],
    ['index.handler', { 'index.py': 'from app import handler\n' }],
    ['index.handler', { 'index.py': 'from app import (\n    other,\n    run as handler,\n)\n' }],
    ['index.handler', { 'index.py': 'from app import *\n' }],
    ['shop.api.handler', { 'shop/api.py': 'def handler(event, context): pass\n' }],
    ['shop/api.handler', { 'shop/api.py': 'def handler(event, context): pass\n' }],
    ['shop.handler', { 'shop/__init__.py': 'def handler(event, context): pass\n' }],
  ] as const)('%s is found in %j', async (handler, files) => {
    await expect(check('python3.13', handler, files)).resolves.toBeUndefined()
  })

  test('is missing when it is only an inner function, a comparison or a longer name', async () => {
    const code = 'def handler_one(e, c):\n    def handler(): pass\nhandler == 1\nother = 2\n'
    await expect(check('python3.13', 'index.handler', { 'index.py': code })).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message:
        'The handler index.handler is not in index.py: expected it to define handler, got handler_one and other.',
      next: ['Export handler from index.py, or correct handler: in lambdactl.yaml.'],
    })
  })
})

describe('a provided runtime', () => {
  const message =
    'A provided runtime starts bootstrap: expected an executable file of that name at the top of the package, got'

  test('wants an executable bootstrap at the top', async () => {
    await expect(
      check('provided.al2023', 'any', { bootstrap: '#!/bin/sh\n' }, 0o755),
    ).resolves.toBeUndefined()
    await expect(check('provided.al2023', 'any', { bootstrap: '' })).rejects.toThrow(
      `${message} one that is not executable.`,
    )
    await expect(check('provided.al2023', 'any', { 'bin/bootstrap': '' }, 0o755)).rejects.toThrow(
      `${message} none.`,
    )
  })
})

test('handlers of other runtimes are not looked into', async () => {
  await expect(check('java21', 'shop.Handler::handle', { 'shop.jar': '' })).resolves.toBeUndefined()
})
