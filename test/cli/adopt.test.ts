import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ForeignFunction } from './adopted.ts'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()
const handler = (text: string) => ({
  name: 'index.mjs',
  content: `export const handler = async () => '${text}'\n`,
})

async function emptyPlace(extra: NodeJS.ProcessEnv = {}) {
  const folder = await temporaryFolder()
  return sandbox().place({ folder }, { AWS_REGION: 'eu-west-1', ...extra })
}

const unchanged = /nothing to deploy/

test('a Node function with an alias is taken on, and a deploy of it has nothing to do', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'legacy-checkout').create(
    [
      handler('one'),
      { name: 'bin/run', content: '#!/bin/sh\n', mode: 0o100755 },
      { name: '.env', content: 'A=1' },
      { name: 'run', content: 'bin/run', mode: 0o120777 },
    ],
    {
      MemorySize: 512,
      Timeout: 3,
      Description: 'takes ${money}',
      Environment: { Variables: { TABLE: 'orders', API_TOKEN: 'hush', LITERAL: '${env} $${x} ${open' } },
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      EphemeralStorage: { Size: 1024 },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', LogGroup: '/shop/all' },
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dead' },
    },
  )
  await foreign.alias('live', await foreign.publish())
  const place = await emptyPlace()
  const adopted = await runTo(0, ['init', '--from', foreign.name, '--env', 'prod'], place)
  expect(adopted.stdout).toContain('adopted legacy-checkout, version 1, as legacy-checkout')
  expect(adopted.stderr).toContain('these hold secrets: API_TOKEN')
  expect(adopted.stderr).toContain('leave out by default: !/.env\n')
  expect(adopted.stdout + adopted.stderr).not.toContain('hush')
  expect(parse(await readFile(join(place.cwd, 'lambdactl.yaml'), 'utf8'))).toMatchObject({
    functions: {
      'legacy-checkout': {
        name: 'legacy-checkout',
        source: 'functions/legacy-checkout',
        runtime: 'nodejs24.x',
        handler: 'index.handler',
        bundle: false,
        memory: 512,
        timeout: '3s',
        architecture: 'arm64',
        environment: { TABLE: 'orders', API_TOKEN: 'hush' },
      },
    },
    environments: {
      prod: {
        region: 'eu-west-1',
        account: '000000000000',
        alias: 'live',
        role: 'arn:aws:iam::000000000000:role/legacy',
      },
    },
  })
  const source = join(place.cwd, 'functions/legacy-checkout')
  expect((await stat(join(source, 'bin/run'))).mode & 0o777).toBe(0o755)
  expect((await readdir(source)).toSorted()).toEqual(['.env', '.lambdactlignore', 'bin', 'index.mjs', 'run'])
  expect((await runTo(0, ['deploy', '--env', 'prod'], place)).stdout).toMatch(unchanged)
  expect((await runTo(0, ['diff', '--env', 'prod', '--exit-code'], place)).stdout).toContain(
    'the same as version 1',
  )
  expect(await sandbox().versions(foreign.name)).toEqual(['1'])
})

test("a Python function whose alias is behind $LATEST comes with its version's code and settings", async () => {
  const app = (answer: number) => [
    { name: 'app.py', content: `def handler(event, context):\n    return ${answer}\n` },
    { name: 'lib/__init__.py', content: '' },
    { name: 'requirements.txt', content: 'no-such-package-anywhere==1\n' },
    { name: 'lib/__pycache__/x.cpython-313.pyc', content: 'x' },
  ]
  const settings = { Runtime: 'python3.13', Handler: 'app.handler' } as const
  const foreign = await new ForeignFunction(sandbox(), 'shop-orders-prod').create(app(1), settings)
  await foreign.alias('serving', await foreign.publish('the first one'))
  await foreign.updateCode(app(2))
  await foreign.updateSettings({ MemorySize: 1024 })
  await foreign.publish()
  const place = await emptyPlace()
  const to = ['-e', 'prod', '--endpoint-url', sandbox().url]
  const { stderr } = await runTo(0, ['init', '--from', foreign.name, ...to], place)
  expect(stderr).toContain(`lambdactl deploy orders --env prod --endpoint-url ${sandbox().url}\n`)
  const written = parse(await readFile(join(place.cwd, 'lambdactl.yaml'), 'utf8')) as object
  expect(written).toMatchObject({
    service: 'shop',
    functions: { orders: { source: 'functions/orders', timeout: '3s' } },
    environments: { prod: { alias: 'serving', endpoint: sandbox().url } },
  })
  expect(written).not.toHaveProperty('functions.orders.memory')
  expect(written).not.toHaveProperty('functions.orders.name')
  expect(await readFile(join(place.cwd, 'functions/orders/app.py'), 'utf8')).toContain('return 1')
  expect((await runTo(0, ['deploy', '-e', 'prod'], place)).stdout).toMatch(unchanged)
  expect((await runTo(0, ['diff', '-e', 'prod'], place)).stdout).toContain(
    'drift: $LATEST differs from version 1',
  )
  expect(await sandbox().versions(foreign.name)).toEqual(['1', '2'])

  await writeFiles(place.cwd, { 'functions/orders/app.py': 'def handler(event, context):\n    return 3\n' })
  expect((await runTo(0, ['deploy', '-e', 'prod'], place)).stdout).not.toMatch(unchanged)
  expect(await sandbox().versions(foreign.name)).toEqual(['1', '2', '3'])
})

test('a second function goes into the same file, which keeps its comments and its style', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'shop-mail-prod').create([handler('mail')])
  await foreign.alias('live', await foreign.publish())
  const place = await emptyPlace()
  const before = `# The shop.
service: shop
functions:
  # Takes orders.
  checkout: {source: checkout, runtime: nodejs24.x, handler: index.handler} # the first

environments:
  sandbox: {region: eu-west-1, endpoint: "http://127.0.0.1:4510"}
  prod: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/shop"} # careful
`
  await writeFiles(place.cwd, { 'lambdactl.yaml': before })
  await runTo(0, ['init', '--from', foreign.name, '-e', 'prod'], place)
  const after = await readFile(join(place.cwd, 'lambdactl.yaml'), 'utf8')
  expect(after.split('\n').filter((line) => !before.split('\n').includes(line))).toEqual([
    '  mail:',
    '    source: functions/mail',
    '    runtime: nodejs24.x',
    '    handler: index.handler',
    '    bundle: false',
    '    timeout: 3s',
    '    adopted: arn:aws:lambda:eu-west-1:000000000000:function:shop-mail-prod:1',
    '    role: arn:aws:iam::000000000000:role/legacy',
  ])
  expect(before.split('\n').filter((line) => !after.split('\n').includes(line))).toEqual([])
  expect((await runTo(0, ['deploy', 'mail', '-e', 'prod'], place)).stdout).toMatch(unchanged)
  const again = await runTo(2, ['init', '--from', foreign.name, '-e', 'prod'], place)
  expect(again.stderr).toContain('already has a function mail')
  expect(again.stderr).toContain('lambdactl diff mail --env prod')
  const above = { ...place, cwd: dirname(place.cwd) }
  const aside = await runTo(2, ['init', basename(place.cwd), '--from', foreign.name, '-e', 'prod'], above)
  const file = `${basename(place.cwd)}/lambdactl.yaml`
  expect(aside.stderr).toContain(`lambdactl diff --config ${file} mail --env prod`)
})

test('several aliases have to be chosen from, and one that is missing is said', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'aliases').create([handler('one')])
  const place = await emptyPlace()
  const args = ['init', 'here', '--from', foreign.name, '-e', 'prod']
  await foreign.alias('blue', await foreign.publish())
  await foreign.alias('green', '1')
  expect((await runTo(2, args, place)).stderr).toContain('has several aliases: blue, green')
  expect((await runTo(4, [...args, '--alias', 'red'], place)).stderr).toContain('it has blue, green')
  await expect(readdir(join(place.cwd, 'here'))).rejects.toThrow('ENOENT')
  await runTo(0, [...args, '--alias', 'green'], place)
  expect(await readFile(join(place.cwd, 'here/lambdactl.yaml'), 'utf8')).toContain('alias: green')
})

test('without an alias the first deploy creates live, and that is said', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'unaliased').create([handler('one')])
  const place = await emptyPlace()
  const adopted = await runTo(0, ['init', '--from', foreign.name, '-e', 'prod'], place)
  expect(adopted.stderr).toContain('There is no alias yet: the first deploy creates live.')
  expect((await runTo(0, ['diff', '-e', 'prod'], place)).stdout).toContain(
    'there is no alias live yet, a deploy creates it; the same as $LATEST',
  )
  await runTo(0, ['deploy', '-e', 'prod'], place)
  await sandbox().expectAlias(foreign.name, '1')
})

test('nothing is overwritten, and nothing is left where it fails', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'careful').create([handler('one')])
  const place = await emptyPlace()
  await writeFiles(place.cwd, { 'functions/careful/mine.txt': 'mine' })
  expect((await runTo(2, ['init', '--from', foreign.name, '-e', 'prod'], place)).stderr).toContain(
    'already has functions/careful; nothing was written',
  )
  expect(await readdir(place.cwd)).toEqual(['functions'])
  expect(await readdir(join(place.cwd, 'functions'))).toEqual(['careful'])
  await runTo(4, ['init', '--from', 'no-such-function', '-e', 'prod'], place)
  await runTo(2, ['init', '--from', '../x', '-e', 'prod'], place)
  await runTo(2, ['init', '--from', foreign.name], place)
})

test('a function of an image is taken on by its digest, and a deploy of it has nothing to do', async () => {
  const uri = `000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'b'.repeat(64)}`
  const foreign = await new ForeignFunction(sandbox(), 'legacy-image').create(undefined, {
    PackageType: 'Image',
    Code: { ImageUri: uri },
    ImageConfig: { Command: ['app.main'] },
  })
  await foreign.alias('live', await foreign.publish())
  const place = await emptyPlace()
  await runTo(0, ['init', '--from', foreign.name, '--env', 'prod'], place)
  const text = await readFile(join(place.cwd, 'lambdactl.yaml'), 'utf8')
  expect(parse(text)).toMatchObject({
    functions: { 'legacy-image': { image: { uri, command: ['app.main'] } } },
  })
  expect((await runTo(0, ['deploy', '-e', 'prod'], place)).stderr).toMatch(unchanged)
  expect((await runTo(0, ['diff', '-e', 'prod', '--exit-code'], place)).stdout).toContain(
    'the same as version 1',
  )
  await writeFiles(place.cwd, { 'lambdactl.yaml': text.replace('app.main', 'app.other') })
  expect((await runTo(0, ['diff', '-e', 'prod'], place)).stdout).toContain(
    'image.command app.main → app.other',
  )
  await runTo(0, ['deploy', '-e', 'prod'], place)
  expect(await sandbox().versions(foreign.name)).toEqual(['1', '2'])
})
