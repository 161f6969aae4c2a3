import { expect, test } from 'vitest'
import { failureOf, load } from '../loading.ts'

// No machine has this one by chance: the handler is loaded by another version.
const python = { runtime: 'python3.8', handler: 'app.handler' }
const handler = 'def handler(event, context): pass\n'

test.each([
  ['of its own code', { 'app.py': `import nowhere\n${handler}` }],
  ['of a dependency', { 'app.py': `import lib\n${handler}`, 'lib/__init__.py': 'from nowhere import x\n' }],
])('a module that no Python brings is missing in all versions: that %s', async (_, files) => {
  expect(await failureOf(load(files, python))).toMatch(/No module named 'nowhere'$/)
})

test.each([
  ['comes with some versions', `import annotationlib\n${handler}`],
  [
    'is asked for in some versions',
    `import sys\nif sys.version_info >= (3, 9):\n    import nowhere\n${handler}`,
  ],
])('a module that %s is a matter of versions', async (_, code) => {
  expect(await load({ 'app.py': code }, python)).toEqual([
    expect.stringMatching(
      /^the handler was not loaded, since this machine has Python 3\.\d+: ModuleNotFoundError/,
    ),
  ])
})

test('what is imported late in some versions only is not missed', async () => {
  const late = `import sys\ndef handler(event, context):\n    if sys.version_info < (3, 9):\n        import nowhere\n    import annotationlib\n`
  expect(await load({ 'app.py': late }, python)).toEqual([
    expect.stringMatching(/^the handler was loaded by this machine's Python 3/),
  ])
})
