import { spawn, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { program, watched } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

/** The commands of a page that need no AWS, block after block. */
async function blocksOf(page: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../..', page), 'utf8')
  return [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block)
}

/** The usual port may be somebody else's while tests run; a sandbox at another one says what to export for that. */
const atFreePort = `lambdactl sandbox start --detach --port 0 $1 > started
eval "$(grep -o 'export LAMBDACTL_ENDPOINT_URL=.*' started)"`

/** The checkout is built already, and the folder is the test's. */
function script(blocks: readonly string[]): string {
  const commands = blocks
    .join('\n')
    .replace(/^npm ci[^]*?\n\n/, '')
    .replaceAll(/^lambdactl sandbox start --detach ?([^#\n]*).*$/gm, atFreePort)
  return `set -ex\nlambdactl() { "$NODE" "$PROGRAM" "$@"; }\n${commands}`
}

/** Runs the commands to their end in a new folder, and stops their sandbox; returns what they wrote to stdout. */
async function outputOf(blocks: readonly string[]): Promise<string> {
  const home = await temporaryFolder()
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const env = variables(home, { ...none, NODE: process.execPath, PROGRAM: program })
  const shell = watched(spawn('bash', ['-c', script(blocks)], { cwd: home, env }))
  const { exitCode, stdout, stderr } = await shell.ended
  spawnSync('bash', ['-c', '"$NODE" "$PROGRAM" sandbox stop'], { cwd: home, env })
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0)
  return stdout
}

/** Expects texts in their order. */
function expectInOrder(output: string, texts: readonly string[]): void {
  expect(texts.filter((text) => !output.includes(text))).toEqual([])
  const places = texts.map((text) => output.indexOf(text))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
}

// A page is some twenty commands, one after the other, and a busy machine takes seconds for each.
vi.setConfig({ testTimeout: 240_000 })

test("docs/getting-started.md works in its order, without credentials of the user's", async () => {
  expectInOrder(await outputOf(await blocksOf('docs/getting-started.md')), [
    'wrote shop/lambdactl.yaml',
    'hello: version 1 has 100% of live',
    '"message":"Hello, world, from sandbox!","version":"1"',
    'INFO greeting world',
    'shop-hello-sandbox-live-errors',
    'hello: version 2 has 100% of live',
    '"message":"Good day, world, from sandbox!","version":"2"',
    'hello: live is on version 1',
    'stopped the sandbox at',
  ])
})

test.each([
  ['json.md', [], ['"$schema"']],
  ['operating/cost.md', [], ['$5.00']],
  [
    'sandbox.md',
    ['lambdactl init shop && cd shop'],
    [
      'hello: version 1 has 100% of live',
      'throttle UpdateAlias',
      'version 1: 100.0%',
      'hello: version 2 goes on',
      'rolled-back',
      'emptied the sandbox',
    ],
  ],
])('docs/%s works in its order', async (page, before, texts) => {
  expectInOrder(await outputOf([...before, ...(await blocksOf(`docs/${page}`))]), texts)
})

/** The service of the recipes; its environments are in the sandbox here. */
const shop = `mkdir -p functions/checkout functions/mail
echo 'export const handler = async () => "good"' | tee functions/checkout/index.js > functions/mail/index.js
cat > lambdactl.yaml <<'END'
service: shop
defaults:
  runtime: nodejs24.x
  handler: index.handler
  role: arn:aws:iam::000000000000:role/shop
functions:
  checkout:
    memory: 512
    source: functions/checkout
    alarms: { errors: 5 }
    release: { steps: [10], every: 5m, bake: 1s, alarms: [] }
  mail:
    source: functions/mail
environments:
  staging: { region: eu-west-1 }
  prod: { region: eu-west-1 }
  prod-us: { region: us-east-1 }
END
lambdactl sandbox start --detach
`

/** Alarms are in one environment after the other; without them the file has none. */
const withAlarms = (...environments: string[]) =>
  [
    "perl -pi -e 's/alarms: \\[\\]/alarms: [errors]/' lambdactl.yaml",
    ...environments.map((each) => `lambdactl alarms ensure checkout --env ${each}`),
  ].join('\n')

const deployed = 'lambdactl deploy checkout --env prod && lambdactl invoke checkout --env prod'
const released = `echo 'export const handler = async () => "bad"' > functions/checkout/index.js\n${deployed}`

test.each([
  ['ci', [withAlarms('staging', 'prod')], ['checkout: version 1 has', 'checkout: live is on version 1']],
  ['monorepo', [], ['mail: version 1 has', 'mail: nothing to deploy', 'shop-mail-staging']],
  ['accounts-and-regions', [], ['prod-us\n', 'promoted version 1 of shop-checkout-prod']],
  ['provisioned-concurrency', [deployed], ['2 of 2', '3 of 3']],
  ['incident', [withAlarms('prod'), deployed, released], ['checkout: live is on version 1', 'it empties']],
])('docs/recipes/%s.md works as written', async (page, before, texts) => {
  const blocks = await blocksOf(`docs/recipes/${page}.md`)
  expectInOrder(await outputOf([shop, ...before, ...blocks]), texts)
})

/** A second version is live, and a third one waits for an approval with 10%. */
const waiting = `echo 'export const handler = async () => "new"' > functions/checkout/index.js
lambdactl canary checkout --env prod --steps "10 for 1s approval" || [ $? -eq 8 ]`

test('docs/releases.md works in its order, from a release that waits for an approval', async () => {
  const blocks = await blocksOf('docs/releases.md')
  expectInOrder(await outputOf([shop, withAlarms('prod'), deployed, released, waiting, ...blocks]), [
    'checkout: version 2 has 100% of live',
    'checkout: version 3 has 100% of live',
    'checkout: live is on version 2',
    'checkout: live is on version 1',
  ])
})

test('the first commands of the README are those of docs/getting-started.md', async () => {
  const [, first = ''] = await blocksOf('README.md')
  const [whole = ''] = await blocksOf('docs/getting-started.md')
  expect(first).toMatch(/^npm ci/)
  expect(whole.startsWith(first)).toBe(true)
})
