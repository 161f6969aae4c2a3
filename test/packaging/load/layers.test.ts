import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import { layerModules } from '../../../src/packaging/load/layer-modules.ts'
import type { LoadingSource } from '../../../src/packaging/model/types.ts'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { folder } from '../folder.ts'
import { failureOf, load, node } from '../loading.ts'
import { tools as toolsIn } from '../tools.ts'

const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`
const python = { runtime: 'python3.13', handler: 'app.handler' }

/** The zip of a layer, in Node and in Python. */
async function layerZip(...paths: string[]): Promise<Uint8Array> {
  const files = Object.fromEntries(['nodejs/x.txt', ...paths].map((path) => [path, 'x']))
  await using source = await folder(files)
  return (await packageFunction({ ...node, source: source.path, include: ['**'] })).zip
}

/** Loads with a layer that has these files; none: one that may not be read. */
async function loadWith(
  files: Record<string, string>,
  more: Partial<LoadingSource>,
  ...paths: string[]
): Promise<string[]> {
  await using cache = await folder()
  const zip = await layerZip(...paths)
  const readLayer = () =>
    paths.length > 0
      ? Promise.resolve(zip)
      : Promise.reject(new LambdactlError('NOT_PERMITTED', 'No.', { brief: 'not permitted' }))
  const tools = toolsIn(cache.path, { readLayer })
  // The version of Python that loads it is another matter.
  return (await load(files, { layers: [arn('pad')], ...more }, tools)).filter(
    (note) => !note.includes('Python 3'),
  )
}

const pad = {
  'index.mjs':
    "import pad from 'left-pad'\nimport { x } from '@shop/x/y.js'\nexport const handler = pad(() => x)",
}
const pads = ['nodejs/node_modules/left-pad/index.js', 'nodejs/node_modules/@shop/x/y.js']

describe('a handler of Node that imports from a layer', () => {
  test('is well where the layer has it', async () => {
    expect(await loadWith(pad, {}, ...pads)).toEqual([])
    const required = {
      'index.js': "const pad = require('left-pad/lib')\nexports.handler = async () => pad(1)",
    }
    expect(await loadWith(required, {}, ...pads)).toEqual([])
  })

  test('is refused where no layer has it', async () => {
    const failure = await failureOf(loadWith(pad, {}, 'nodejs/node_modules/@shop/x/y.js'))
    expect(failure).toBe(
      "The handler index.handler can't be loaded, so Lambda couldn't start it: neither the package nor its layer pad:1 has the modules that it imports.\n  index.mjs imports left-pad",
    )
  })

  test('is refused where a layer has it for another version alone', async () => {
    expect(await failureOf(loadWith(pad, {}, 'nodejs/node14/node_modules/left-pad/index.js'))).toContain(
      'index.mjs imports left-pad\n  index.mjs imports @shop/x',
    )
  })

  test('is taken on trust where the layer may not be read', async () => {
    expect(await loadWith(pad, {})).toEqual([
      expect.stringMatching(
        /^the package has no left-pad, @shop\/x: lambdactl assumes that a layer has it, since these layers could not be read: pad:1 \(not permitted\)$/,
      ),
    ])
  })

  test('is told why a layer was not looked at, in a clause', async () => {
    await using cache = await folder()
    const thrown = new LambdactlError(
      'AWS_REFUSED',
      `Could not download the layer ${arn('pad')}: it is gone.`,
    )
    const tools = toolsIn(cache.path, { readLayer: () => Promise.reject(thrown) })
    const notes = (await load(pad, { layers: [arn('pad')] }, tools)).join('\n')
    expect(notes).toMatch(/these layers could not be read: pad:1 \(it is gone\)$/m)
  })

  test('is refused for a file of its own that is missing, and for its own fault', async () => {
    const gone = { 'index.mjs': "import './gone.mjs'\nexport const handler = () => 1" }
    expect(await failureOf(loadWith(gone, {}, ...pads))).toContain('gone.mjs')
    expect(await failureOf(loadWith(gone, {}))).toContain('gone.mjs')
    const wrong = { 'index.mjs': 'export const handler = () => 1\nthrow new Error("own fault")' }
    expect(await failureOf(loadWith(wrong, {}, ...pads))).toContain('own fault')
  })

  test('is not refused for what comes of a layer that is not here', async () => {
    const code =
      "import pad from 'left-pad'\nif (pad.version !== 3) throw new Error(`pad ${typeof pad.version}`)\nexport const handler = () => 1"
    expect(await loadWith({ 'index.mjs': code }, {}, ...pads)).toEqual([
      expect.stringContaining(
        'since its imports from a layer are not on this machine (left-pad): Error: pad function',
      ),
    ])
  })

  test('may have dependencies that try what they can do without', async () => {
    const files = {
      'index.mjs': "import ws from 'ws'\nexport const handler = () => ws",
      'node_modules/ws/index.js': "try { require('bufferutil') } catch { module.exports = 1 }",
    }
    expect(await loadWith(files, {})).toEqual([])
  })
})

describe('a handler of Python that imports from a layer', () => {
  const code = 'from tracer.deep import wrap\n@wrap\ndef handler(event, context): pass\n'
  test.each([
    ['python/tracer/__init__.py'],
    ['python/tracer.py'],
    ['python/lib/python3.13/site-packages/tracer/deep.py'],
    ['python/tracer.cpython-313-x86_64-linux-gnu.so'],
  ])('is well where the layer has %s', async (path) => {
    expect(await loadWith({ 'app.py': code }, python, path)).toEqual([])
  })

  test('is refused where no layer has it', async () => {
    const other = 'python/lib/python3.8/site-packages/tracer/deep.py'
    expect(await failureOf(loadWith({ 'app.py': code }, python, other))).toMatch(
      / {2}app\.py imports tracer$/,
    )
  })

  test('is taken on trust where the layer may not be read, without what it can do without', async () => {
    const files = {
      'app.py': `try:\n    import orjson\nexcept ImportError:\n    orjson = None\nassert orjson is None\n${code}`,
    }
    expect(await loadWith(files, python)).toEqual([
      expect.stringMatching(
        /^the package has no tracer: lambdactl assumes that a layer has it, since these layers could not be read: pad:1 \(not permitted\)$/,
      ),
    ])
  })

  test('may ask for the version of what the layer has', async () => {
    const files = { 'app.py': `from importlib.metadata import version\nversion('tracer-lib')\n${code}` }
    expect(await loadWith(files, python, 'python/tracer_lib/x.py', 'python/tracer.py')).toEqual([
      expect.stringContaining('since tracer_lib is in a layer, and not on this machine'),
    ])
  })

  test('is told of what it imports late and no layer has', async () => {
    const files = { 'app.py': 'def handler(event, context):\n    import tracer, tariffs\n' }
    expect(await loadWith(files, python, 'python/tracer.py')).toEqual([
      'app.py imports tariffs, and neither the package nor its layer pad:1 nor Python has that module: declare it as a dependency',
    ])
  })
})

test.each([
  ['an interruption', new LambdactlError('INTERRUPTED', 'Interrupted.')],
  ['what nobody foresaw', new TypeError('x is not a function')],
])('%s is no reason to go on without a layer', async (_, thrown) => {
  await using cache = await folder()
  const tools = toolsIn(cache.path, { readLayer: () => Promise.reject(thrown) })
  await expect(layerModules({ runtime: node.runtime, layers: [arn('pad')] }, tools)).rejects.toBe(thrown)
})

test('a layer is read once: its version never changes', async () => {
  await using cache = await folder()
  const zip = await layerZip(...pads)
  let reads = 0
  const tools = toolsIn(cache.path, { readLayer: () => Promise.resolve((reads += 1) > 0 ? zip : zip) })
  const layers = [arn('pad')]
  for (const time of ['first', 'second']) {
    const { names, unread } = await layerModules({ runtime: node.runtime, layers }, tools)
    expect({ time, names: [...names].toSorted(), unread }).toEqual({
      time,
      names: ['@shop/x', 'left-pad'],
      unread: [],
    })
  }
  expect(reads).toBe(1)
  expect(await readdir(join(cache.path, 'layers'))).toHaveLength(1)
})
