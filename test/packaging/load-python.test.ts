import { describe, expect, test } from 'vitest'
import { loadHandler } from '../../src/packaging/load/load-handler.ts'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { folder } from './folder.ts'
import { failureOf, load, node } from './loading.ts'
import { tools as toolsIn } from './tools.ts'

describe('a Python handler', () => {
  const python = { runtime: 'python3.13', handler: 'app.handler' }
  const isLoaded = [expect.stringMatching(/^the handler was loaded by this machine's Python 3/) as string]
  /** Expects no note where this machine's Python is of the function's version, else the note that it loaded the handler. */
  const expectLoaded = (notes: string[]) => {
    if (notes.length > 0) expect(notes).toEqual(isLoaded)
  }

  test.each([
    ['is loaded', { 'app.py': 'def handler(event, context): pass\n' }, {}],
    [
      'may be in a folder',
      { 'lib/app.py': 'class handler:\n    def __init__(self, event, context): pass\n' },
      { handler: 'lib.app.handler' },
    ],
    [
      'may use the AWS SDK of the runtime',
      {
        'app.py': `import boto3
from botocore.exceptions import ClientError
table = boto3.resource('dynamodb').Table('x')
class Missing(ClientError): pass
def handler(event, context): return table
`,
      },
      {},
    ],
    [
      'may be made in many ways',
      {
        'app.py':
          '\uFEFFtry:\n    from tracer import wrap\n    handler = wrap(print)\nexcept ImportError:\n    handler = print\n',
      },
      {},
    ],
    ['may be made by name', { 'app.py': "globals()['hand' + 'ler'] = print\n" }, {}],
    ["may come of the module's __getattr__", { 'app.py': 'def __getattr__(name): return print\n' }, {}],
    [
      'may be in a folder with a slash',
      { 'lib/app.py': 'handler = print\n' },
      { handler: 'lib/app.handler' },
    ],
    ['may be in a package', { 'app/__init__.py': 'from .a import *\n', 'app/a.py': 'handler = print\n' }, {}],
    [
      'may be imported from where the package is at Lambda',
      {
        'app.py': "import sys\nsys.path.append('/var/task/lib')\nfrom deep import handler\n",
        'lib/deep.py': 'handler = print\n',
      },
      {},
    ],
    [
      'may be imported by PYTHONPATH',
      { 'lib/app.py': 'handler = print\n' },
      { environment: { PYTHONPATH: '/var/task/lib' } },
    ],
    [
      "may go by the SDK's version, and by the handler of the root logger",
      {
        'app.py':
          "import logging\nimport boto3\nassert int(boto3.__version__.split('.')[0]) >= 1\nlogging.getLogger().handlers[0].setLevel('INFO')\nhandler = print\n",
      },
      {},
    ],
  ])('%s', async (_, files, more) => {
    expectLoaded(await load(files, { ...python, ...more }))
  })

  test('that is no function is refused', async () => {
    expect(await failureOf(load({ 'app.py': 'handler = 1\n' }, python))).toBe(
      'The handler app.handler was loaded: expected a function, got a value of type int.',
    )
  })

  test.each([
    [
      'an object whose call is async',
      'class App:\n    async def __call__(self, event, context): pass\nhandler = App()\n',
      'is async',
    ],
    ['a generator', 'def handler(event, context):\n    yield 1\n', 'yields'],
  ])('that fails at each call is refused: %s', async (_, code, why) => {
    expect(await failureOf(load({ 'app.py': code }, python))).toContain(`got one that ${why}`)
  })

  test('that opens a file where Lambda has the package is not refused, if the package has the file', async () => {
    const code = "open('/var/task/rates/data.json')\nhandler = print\n"
    const notes = await load({ 'app.py': code, 'rates/data.json': '{}' }, python)
    expect(notes.join()).toMatch(/not loaded, since on this machine the package is not in \/var\/task/)
    expect(await failureOf(load({ 'app.py': code }, python))).toContain(
      "No such file or directory: '/var/task/",
    )
  })

  test('that imports late what nothing has is told, and what it can do without is not', async () => {
    const code = `from typing import TYPE_CHECKING
import rules
if TYPE_CHECKING:
    import mypy_boto3_s3
def handler(event, context):
    import boto3, json, rules.deep
    try:
        import tracer
    except ImportError:
        tracer = None
    from tariffs.eu import price
`
    const files = {
      'app.py': code,
      'rules/__init__.py': '',
      'rules/deep.py': '',
      'seed.py': 'import faker\n',
    }
    const said = /^app\.py imports tariffs, and neither the package nor Python has that/
    expect((await load(files, python)).at(-1)).toMatch(said)
    expect((await load(files, { ...python, layers: ['arn'] })).at(-1)).toMatch(
      /^the package has no tariffs: lambdactl assumes that a layer has it, /,
    )
    expectLoaded(await load({ ...files, 'tariffs/eu.py': 'price = 1\n' }, python))
  })

  const get = `class NoCredentialsError(Exception): pass
class GetParameterError(Exception): pass
def get():
    raise NoCredentialsError("none")
try:
    get()
except NoCredentialsError as error:
`
  test.each([
    ['with a cause', `${get}    raise GetParameterError("no table") from error\n`],
    ['in the handling of it', `${get}    raise GetParameterError("no table")\n`],
    [
      'with its words',
      'class GetParameterError(Exception): pass\nraise GetParameterError("Unable to locate credentials")\n',
    ],
  ])('that asks AWS for something is not refused for a library that wraps the error: %s', async (_, code) => {
    const notes = await load({ 'app.py': `${code}def handler(event, context): pass\n` }, python)
    expect(notes).toEqual([
      expect.stringMatching(
        /not loaded, since it calls AWS, and has no credentials here: app\.GetParameterError: /,
      ),
    ])
  })

  test('whose error has lines of the loader or the temporary folder is told without them', async () => {
    const code = 'import lib\ndef handler(event, context): pass\n'
    const files = { 'app.py': code, 'lib.py': 'raise ValueError(__file__)\n' }
    const failure = await failureOf(load(files, python))
    expect(failure).toMatch(/ {2}File "app\.py", line 1, in <module>\n.*\n {2}.*File "lib\.py", line 1/s)
    expect(failure).toMatch(/ValueError: lib\.py$/)
    expect(failure).not.toMatch(/lambdactl-load|loaders|importlib/)
  })

  test('that fails is refused with the end of its trace', async () => {
    const code = "import os\nTABLE = os.environ['TABLE']\ndef handler(event, context): pass\n"
    const message = await failureOf(load({ 'app.py': code }, python))
    expect(message).not.toContain('_gcd_import')
    expect(message).toMatch(/can't be loaded[^]*app\.py", line 2[^]*KeyError: 'TABLE'$/)
    expectLoaded(await load({ 'app.py': code }, { ...python, environment: { TABLE: 'orders' } }))
  })

  test("that fails within Python's own modules is told by its own line, and by no path of this machine", async () => {
    const code = "import pathlib\npathlib.Path('d.json').read_text()\ndef handler(event, context): pass\n"
    const message = await failureOf(load({ 'app.py': code }, python))
    expect(message).toContain('File "app.py", line 2')
    expect(message).not.toContain('pathlib.py')
  })

  test("does not see this machine's own packages", async () => {
    const notes = await load({ 'app.py': 'import pip\ndef handler(event, context): pass\n' }, python).catch(
      (error: Error) => [error.message],
    )
    expect(notes.join()).toMatch(/No module named 'pip'/)
  })

  test('is not loaded where there is no Python, and it is said', async () => {
    await using source = await folder({ 'app.py': 'def handler(event, context): pass\n' })
    const fn = { ...node, ...python, source: source.path }
    const missing = { ending: { how: 'not-started', reason: 'ENOENT' }, output: '' } as const
    const made = toolsIn(source.path, { runCommand: () => Promise.resolve(missing) })
    expect(await loadHandler(fn, await packageFunction(fn), made)).toEqual([
      'the handler was not loaded: this machine has no Python',
    ])
  })
})
