import { spawn, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { program, watched } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

/** The commands of a section of the README, block after block. */
async function blocksOf(section: string): Promise<string[]> {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
  const text = readme.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? ''
  return [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block)
}

/** The usual port may be somebody else's while tests run; a sandbox at another one says what to export for that. */
const atFreePort = `lambdactl sandbox start --detach --port 0 > started
eval "$(grep -o 'export LAMBDACTL_ENDPOINT_URL=.*' started)"`

function script(blocks: readonly string[]): string {
  const [first = '', second = ''] = blocks
  // The checkout is built already, and the folder is the test's.
  const begun = first
    .replace(/^npm ci[^]*?\n\n/, '')
    .replace(/^lambdactl sandbox start --detach.*$/m, atFreePort)
  return `set -ex
lambdactl() { "$NODE" "$PROGRAM" "$@"; }
${begun}
eval "$(grep -o 'export .*' started)"
${second}`
}

const hasAwsCli = spawnSync('aws', ['--version']).status === 0

test.runIf(hasAwsCli)(
  "the README's first ten minutes work in their order, without credentials of the user's",
  async () => {
    const home = await temporaryFolder()
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
    const env = variables(home, { ...none, NODE: process.execPath, PROGRAM: program })
    const shell = watched(spawn('bash', ['-c', script(await blocksOf('Use it'))], { cwd: home, env }))
    const { exitCode, stdout, stderr } = await shell.ended
    spawnSync('bash', ['-c', '"$NODE" "$PROGRAM" sandbox stop'], { cwd: home, env })
    expect(exitCode, `${stdout}\n${stderr}`).toBe(0)
    const said = [
      'wrote shop/lambdactl.yaml',
      'hello: version 1 has 100% of live',
      '"message":"Hello, world, from sandbox!","version":"1"',
      'INFO greeting world',
      'hello: version 2 has 100% of live',
      '"message":"Good day, world, from sandbox!","version":"2"',
      'stopped the sandbox at',
    ]
    const places = said.map((text) => stdout.indexOf(text))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places).not.toContain(-1)
  },
)
