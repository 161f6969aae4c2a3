import { describe, expect, test } from 'vitest'
import { stepsFor, usualConfig } from '../../../src/errors/next-step.ts'
import { checkBootstrap } from '../../../src/packaging/handler/check-bootstrap.ts'
import { lookForHandler } from '../../../src/packaging/handler/look-for-handler.ts'
import type { FileMode, LoadingSource } from '../../../src/packaging/model/types.ts'

function listing(files: Record<string, string | Buffer>, mode: FileMode = 0o644) {
  return {
    files: Object.keys(files).map((path) => ({ path, mode })),
    read: async (path: string) => Buffer.from(files[path] ?? ''),
  }
}

/** `yes`, the note where it is unsure, or what the error says. */
async function look(
  runtime: string,
  handler: string,
  files: Record<string, string | Buffer>,
  more: Partial<LoadingSource> = {},
) {
  const sighting = await lookForHandler({ runtime, handler, ...more }, listing(files))
  if (sighting.seen === 'no') return sighting.error.message
  return sighting.seen === 'yes' ? 'yes' : sighting.note
}

const unsure = /is unknown until it is loaded$/

describe('a Node handler is seen', () => {
  test.each([
    ['as an export of an ES module', 'index.handler', { 'index.mjs': 'export const handler = () => 1' }],
    ['as a renamed export', 'index.handler', { 'index.js': 'const a = 1\nexport { a as handler }' }],
    ['as a re-export', 'index.handler', { 'index.js': "export { handler } from './other.js'" }],
    ['as a property of exports', 'index.handler', { 'index.js': 'exports.handler = () => 1' }],
    ['as one of module.exports', 'index.handler', { 'index.cjs': "module.exports['handler'] = () => 1" }],
    [
      'as the TypeScript compiler writes it',
      'index.handler',
      {
        'index.js':
          'Object.defineProperty(exports, "__esModule", { value: true });\nexports.handler = handler;',
      },
    ],
    ['in a folder', 'dist/api/index.get', { 'dist/api/index.js': 'exports.get = 1' }],
    ['from where Lambda has the package', '/var/task/lib/a.get', { 'lib/a.js': 'exports.get = 1' }],
    ['under a nested name', 'index.api.get', { 'index.js': 'exports.api = { get() {} }' }],
  ] as const)('%s', async (_how, handler, files) => {
    expect(await look('nodejs24.x', handler, files)).toBe('yes')
  })
})

describe('no is never said of a Node handler that may be there', () => {
  test.each([
    ['behind export *', { 'index.js': "export * from './other.js'" }],
    ['in an object', { 'index.js': 'const handler = 1; module.exports = { a: 1, handler }' }],
    ['in what a call returns', { 'index.js': "module.exports = require('./app')" }],
    ['under another name of exports', { 'index.js': 'const e = exports; e["han" + "dler"] = () => 1' }],
    [
      'put there by a function',
      { 'index.js': 'Object.assign(module.exports, { ["han" + "dler"]: () => 1 })' },
    ],
    ['as this', { 'index.js': 'this["han" + "dler"] = () => 1' }],
    ['as TypeScript passes modules on', { 'index.js': '__exportStar(require("./app"), exports)' }],
    ['put there by another module', { 'index.js': "exports.main = 1; require('./plumbing')" }],
    ['put there by a dependency', { 'index.js': "require('wrap')", 'node_modules/wrap/index.js': '' }],
    ['in code that only a newer Node understands', { 'index.js': 'exports.a |> = 1' }],
    ['in a folder, as require finds it', { 'index/index.js': '' }],
    ['in a file without an ending', { index: '' }],
    ['in a dependency', { 'node_modules/index/main.js': '' }],
  ])('%s', async (_how, files: Record<string, string>) => {
    expect(await look('nodejs24.x', 'index.handler', files)).toMatch(unsure)
  })
})

test.each([
  ['nodejs24.x', '/opt/nodejs/node_modules/datadog-lambda-js/handler.handler'],
  ['nodejs24.x', 'node_modules/datadog-lambda-js/dist/handler.handler'],
  ['python3.13', 'datadog_lambda.handler.handler'],
])('of %s, %s may be in a layer, where there is one', async (runtime, handler) => {
  const files = { 'app.py': '' }
  expect(await look(runtime, handler, files, { layers: ['arn'] })).toMatch(unsure)
  expect(await look(runtime, handler, files, { layers: [] })).toContain('has no module')
})

test.each(['NODE_OPTIONS', 'AWS_LAMBDA_EXEC_WRAPPER'])(
  '%s may bring a handler from anywhere',
  async (name) => {
    expect(await look('nodejs24.x', 'app.handler', {}, { environment: { [name]: '/var/task/x' } })).toMatch(
      unsure,
    )
  },
)

describe('a Node handler is certainly missing', () => {
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
      { 'index.js': "// exports.handler = 1\nexports.main = exports.other = require('node:fs').open" },
      'The handler index.handler is not in index.js: expected it to define handler, got main and other.',
    ],
  ] as const)('%s', async (_how, handler, files, message) => {
    expect(await look('nodejs24.x', handler, files)).toBe(message)
  })

  test.each([
    'handler',
    'index.',
    '.handler',
    '../index.handler',
    'a/../index.handler',
    '/var/index.handler',
    '',
  ])('since %j is no handler', async (handler) => {
    await expect(look('nodejs24.x', handler, { 'index.js': '' })).rejects.toThrow(
      'The handler is malformed: expected a module and what it exports, as in index.handler',
    )
  })
})

describe('a Python handler is seen', () => {
  test.each([
    ['index.handler', { 'index.py': 'import os\n\ndef handler(event, context):\n    pass\n' }],
    ['index.handler', { 'index.py': 'async def handler(event, context): pass\n' }],
    ['index.handler', { 'index.py': 'handler = Mangum(app)\n' }],
    ['index.handler', { 'index.py': '\uFEFFhandler = Mangum(app)\n' }],
    ['index.handler', { 'index.py': 'handler: Callable[[dict], str] = make()\n' }],
    ['index.Handler', { 'index.py': 'class Handler:\n    pass\n' }],
    ['index.handler', { 'index.py': 'from app import handler\n' }],
    ['index.handler', { 'index.py': 'from app import \\\n    handler\n' }],
    ['index.handler', { 'index.py': 'from app import (\n    other,\n    run as handler,\n)\n' }],
    ['shop.api.handler', { 'shop/api.py': 'def handler(event, context): pass\n' }],
    ['shop/api.handler', { 'shop/api.py': 'def handler(event, context): pass\n' }],
    ['my-app.handler', { 'my-app.py': 'def handler(event, context): pass\n' }],
    ['shop.handler', { 'shop/__init__.py': 'def handler(event, context): pass\n' }],
  ] as const)('%s in %j', async (handler, files) => {
    expect(await look('python3.13', handler, files)).toBe('yes')
  })
})

describe('no is never said of a Python handler that may be there', () => {
  test.each([
    ['in a try', 'try:\n    handler = wrap(app)\nexcept ImportError:\n    handler = app\n'],
    ['in an if', 'if True:\n    def handler(event, context): pass\n'],
    ['in a tuple', 'handler, other = make()\n'],
    ['of several', 'other = handler = make()\n'],
    ['as a star', 'first, *handler = make()\n'],
    ['of a with', 'with make() as handler:\n    pass\n'],
    ['of a for', 'for handler in [print]: pass\n'],
    ['of a match', 'match print:\n    case handler: pass\n'],
    ['of an expression', '(handler := print)\n'],
    ['of everything', 'from app import *\n'],
    ['in letters of another form', 'ｈandler = print\n'],
    ['of globals()', 'globals()["hand" + "ler"] = print\n'],
    ['of exec', 'exec("hand" "ler = print")\n'],
    ["of the module's __getattr__", 'def __getattr__(name): return print\n'],
    ['of what is registered elsewhere', 'from .plumbing import register\n\n@register\ndef main(): pass\n'],
    ['of another module of the package', 'import json, plumbing\nplumbing.install()\n'],
    ['of an encoding of its own', '# coding: latin-1\nn = "é"\nhandler = print\n'],
  ])('%s', async (_how, code) => {
    const files = { 'index.py': code, 'plumbing.py': '' }
    expect(await look('python3.13', 'index.handler', files)).toMatch(/^yes$|is unknown until it is loaded$/)
  })

  test.each([
    ['compiled', 'index.pyc'],
    ['a native module', 'index.cpython-313-x86_64-linux-gnu.so'],
    ['a native package', 'index/__init__.abi3.so'],
  ])('of %s', async (_what, path) => {
    expect(await look('python3.13', 'index.handler', { [path]: '' })).toMatch(unsure)
  })

  test('behind a package that says itself where its modules are', async () => {
    const files = { 'shop/__init__.py': '__path__.append("/var/task/lib")\n', 'lib/api.py': '' }
    expect(await look('python3.13', 'shop.api.handler', files)).toMatch(unsure)
    expect(await look('python3.13', 'shop.api.handler', { ...files, 'shop/__init__.py': '' })).toContain(
      'has no module: expected shop/api.py or shop/api/__init__.py',
    )
  })
})

test('a Python handler is certainly missing where nothing could make it', async () => {
  const code = 'import json\nfrom os import environ\n\ndef main(e, c):\n    pass\nother = json.dumps(1)\n'
  const sighting = await lookForHandler(
    { runtime: 'python3.13', handler: 'index.handler' },
    listing({ 'index.py': code }),
  )
  expect(sighting).toMatchObject({
    seen: 'no',
    error: {
      code: 'PACKAGE_INVALID',
      message:
        'The handler index.handler is not in index.py: expected it to define handler, got main and other.',
    },
  })
  expect(stepsFor(usualConfig, sighting.seen === 'no' ? sighting.error.next : [])).toEqual([
    "Export handler from index.py, or correct handler: in lambdactl.yaml, or in the function's own tool with manages: code.",
  ])
})

describe('a provided runtime', () => {
  const provided = { runtime: 'provided.al2023' }
  const message =
    'A provided runtime starts bootstrap: expected an executable file of that name at the top of the package, got'

  test('wants an executable bootstrap at the top', async () => {
    await checkBootstrap(provided, listing({ bootstrap: '#!/bin/sh\n' }, 0o755))
    await expect(checkBootstrap(provided, listing({ bootstrap: '' }))).rejects.toThrow(
      `${message} one that is not executable.`,
    )
    await expect(checkBootstrap(provided, listing({ 'bin/bootstrap': '' }, 0o755))).rejects.toThrow(
      `${message} none.`,
    )
  })
})
