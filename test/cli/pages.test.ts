import { spawn, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { program, watched } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

/** The commands of a page that need no AWS, block after block. */
async function blocksOf(page: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../..', page), 'utf8')
  return [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block)
}

/** The usual port may be somebody else's while tests run; a sandbox at another one says what to export for that. */
const atFreePort = `lambdactl sandbox start --detach --port 0 > started
eval "$(grep -o 'export LAMBDACTL_ENDPOINT_URL=.*' started)"`

/** The checkout is built already, and the folder is the test's. */
function script(blocks: readonly string[]): string {
  const commands = blocks
    .join('\n')
    .replace(/^npm ci[^]*?\n\n/, '')
    .replace(/^lambdactl sandbox start --detach.*$/m, atFreePort)
  return `set -ex\nlambdactl() { "$NODE" "$PROGRAM" "$@"; }\n${commands}`
}

test("docs/getting-started.md works in its order, without credentials of the user's", async () => {
  const home = await temporaryFolder()
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const env = variables(home, { ...none, NODE: process.execPath, PROGRAM: program })
  const blocks = await blocksOf('docs/getting-started.md')
  const shell = watched(spawn('bash', ['-c', script(blocks)], { cwd: home, env }))
  const { exitCode, stdout, stderr } = await shell.ended
  spawnSync('bash', ['-c', '"$NODE" "$PROGRAM" sandbox stop'], { cwd: home, env })
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0)
  const said = [
    'wrote shop/lambdactl.yaml',
    'hello: version 1 has 100% of live',
    '"message":"Hello, world, from sandbox!","version":"1"',
    'INFO greeting world',
    'shop-hello-sandbox-live-errors',
    'hello: version 2 has 100% of live',
    '"message":"Good day, world, from sandbox!","version":"2"',
    'hello: live is on version 1',
    'stopped the sandbox at',
  ]
  const places = said.map((text) => stdout.indexOf(text))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(places).not.toContain(-1)
})

test('the first commands of the README are those of docs/getting-started.md', async () => {
  const [, first = ''] = await blocksOf('README.md')
  const [whole = ''] = await blocksOf('docs/getting-started.md')
  expect(first).toMatch(/^npm ci/)
  expect(whole.startsWith(first)).toBe(true)
})
