import { GetFunctionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { eventsOf, type Place, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()
const foreignCode = [{ name: 'index.mjs', content: `export const handler = async () => 'theirs'\n` }]

/** Settings that tools like Terraform set and a small lambdactl.yaml does not name. */
const theirs = {
  MemorySize: 1024,
  Timeout: 60,
  Description: 'takes money',
  Environment: { Variables: { TABLE: 'orders', API_TOKEN: 'hush' } },
  Architectures: ['arm64' as const],
  TracingConfig: { Mode: 'Active' as const },
  EphemeralStorage: { Size: 2048 },
  LoggingConfig: { LogFormat: 'JSON' as const },
}

/** A service that names a function which something else made. */
async function placeFor(lambdaName: string, more = '', environment = ''): Promise<Place> {
  const folder = await temporaryFolder()
  await writeFiles(folder, {
    'lambdactl.yaml': `service: shop
functions:
  checkout:
    name: ${lambdaName}
    source: checkout
    runtime: nodejs24.x
    handler: index.handler
    bundle: false
    release: {every: 1s}
${more}environments:
  prod: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/shop"${environment}}
`,
    'checkout/index.mjs': answering('ours'),
  })
  return sandbox().place({ folder })
}

/** All that a release could have changed. */
async function stateOf(lambdaName: string) {
  const { lambda } = sandbox()
  const { Configuration, Tags } = await lambda.send(new GetFunctionCommand({ FunctionName: lambdaName }))
  return {
    Tags,
    revision: Configuration?.RevisionId,
    versions: await sandbox().versions(lambdaName),
    alias: await sandbox()
      .alias(lambdaName)
      .catch(() => undefined),
  }
}

describe("a function that is somebody else's", () => {
  test.each([
    ['with an alias', 'theirs-aliased', true],
    ['without one', 'theirs-plain', false],
  ])('%s is left as it is, with what would become of it', async (_, name, aliased) => {
    const foreign = await new ForeignFunction(sandbox(), name).create(foreignCode, theirs)
    if (aliased) await foreign.alias('live', await foreign.publish())
    const before = await stateOf(name)
    const place = await placeFor(name, '    tags: {team: shop}\n')
    const diff = await runTo(0, ['diff', '-e', 'prod'], place)
    expect(diff.stdout).toContain(
      `a deploy would stop here with exit code 6: owner: ${name} may belong to somebody else: `,
    )
    expect(diff.stdout).toContain(
      '    → To release anyway, on record: lambdactl deploy checkout --env prod --take-over\n',
    )
    expect(diff.stdout).toContain(`    → To adopt it unchanged, `)
    for (const args of [
      ['deploy', '-e', 'prod'],
      ['deploy', '-e', 'prod', '--dry-run'],
      ['deploy', '-e', 'prod', '--breakglass', 'it burns'],
      ['canary', 'checkout', '-e', 'prod', '--steps', '10'],
    ]) {
      const { stderr, stdout } = await runTo(6, args, place)
      for (const words of [
        'memory 1024 MB → 128 MB',
        'timeout 60 s → 10 s',
        'architecture arm64 → x86_64',
        'tracing active → pass-through',
        'ephemeralStorage 2048 MB → 512 MB',
        'environment variable API_TOKEN removed',
        'environment variable TABLE removed',
        'logFormat json → text',
        'description takes money → none',
        'tags none → team=shop',
        `lambdactl init --from ${name} --manages function --env prod`,
        '--take-over',
      ]) {
        expect(stderr).toContain(words)
      }
      expect(stdout + stderr).not.toMatch(/hush|orders/)
    }
    expect(await stateOf(name)).toEqual(before)
  })

  test('is taken over where a person says so, on record, and from then on it is ours', async () => {
    const foreign = await new ForeignFunction(sandbox(), 'taken-over').create(foreignCode, theirs)
    await foreign.alias('live', await foreign.publish())
    const place = await placeFor(foreign.name)
    const finished = await runTo(0, ['deploy', '-e', 'prod', '--take-over', '--json'], place)
    const events = eventsOf(finished)
    expect(events).toContainEqual(
      expect.objectContaining({
        event: 'checked',
        check: expect.objectContaining({ title: 'owner', outcome: 'warn' }) as object,
      }),
    )
    const planned = events.findLast(({ event }) => event === 'planned')
    expect(planned).toMatchObject({ plan: { wentPast: ['take-over'] } })
    const { description } = await sandbox().expectAlias(foreign.name, '2')
    expect(description).toContain('--take-over')
    expect((await runTo(0, ['history', 'checkout', '-e', 'prod'], place)).stdout).toContain('--take-over')
    await writeFiles(place.cwd, { 'checkout/index.mjs': answering('again') })
    expect((await runTo(0, ['deploy', '-e', 'prod'], place)).stderr).not.toContain('owner')
  })

  test('keeps its settings of no version where the code is the same', async () => {
    const name = 'theirs-tagged'
    const foreign = await new ForeignFunction(sandbox(), name).create(
      [{ name: 'index.mjs', content: answering('ours'), mode: 0o100644 }],
      { Role: 'arn:aws:iam::000000000000:role/shop', Timeout: 10 },
    )
    await foreign.alias('live', await foreign.publish())
    const before = await stateOf(name)
    const place = await placeFor(name, '    reservedConcurrency: 5\n')
    const { stderr } = await runTo(6, ['deploy', '-e', 'prod'], place)
    expect(stderr).toContain('reservedConcurrency none → 5')
    expect(await stateOf(name)).toEqual(before)
    await runTo(0, ['deploy', '-e', 'prod', '--take-over'], place)
  })
})

test('a function that init --from took on is released with what was edited since', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'shop-mail-prod').create(foreignCode, theirs)
  await foreign.alias('live', await foreign.publish())
  const place = sandbox().place({ folder: await temporaryFolder() }, { AWS_REGION: 'eu-west-1' })
  await runTo(0, ['init', '--from', foreign.name, '-e', 'prod'], place)
  await writeFiles(place.cwd, { 'functions/mail/index.mjs': answering('edited') })
  await runTo(0, ['deploy', '-e', 'prod'], place)
  await sandbox().expectAlias(foreign.name, '2')
})

test('what its other tool has published since init --from, or since a release, is told before it is overwritten', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'shop-post-prod').create(foreignCode, theirs)
  await foreign.alias('live', await foreign.publish())
  const place = sandbox().place({ folder: await temporaryFolder() }, { AWS_REGION: 'eu-west-1' })
  await runTo(0, ['init', '--from', foreign.name, '-e', 'prod'], place)
  const goesOn = async (memory: number) => {
    await foreign.updateSettings({ MemorySize: memory })
    const version = await foreign.publish()
    const input = { FunctionName: foreign.name, Name: 'live', FunctionVersion: version }
    await sandbox().lambda.send(new UpdateAliasCommand(input))
  }
  await goesOn(2048)
  const drift = 'drift: this release overwrites changes that were made by hand: memory 2048 MB → 1024 MB'
  expect((await runTo(0, ['deploy', '-e', 'prod', '--dry-run'], place)).stderr).toContain(drift)
  expect((await runTo(0, ['diff', '-e', 'prod'], place)).stdout).toContain('differs from version 1')
  expect((await runTo(0, ['deploy', '-e', 'prod'], place)).stderr).toContain(drift)
  await goesOn(3008)
  expect((await runTo(0, ['deploy', '-e', 'prod'], place)).stderr).toContain('memory 3008 MB → 1024 MB')
})

test('one that was taken over for one alias is asked about again for another', async () => {
  const foreign = await new ForeignFunction(sandbox(), 'two-aliases').create(foreignCode, theirs)
  await foreign.alias('live', await foreign.publish())
  const staging = await placeFor(foreign.name, '', ', alias: staging')
  await runTo(0, ['deploy', '-e', 'prod', '--take-over'], staging)
  const before = await stateOf(foreign.name)
  const { stderr } = await runTo(6, ['deploy', '-e', 'prod'], await placeFor(foreign.name))
  expect(stderr).toContain('version 1, which live serves, was not published by lambdactl')
  expect(await stateOf(foreign.name)).toEqual(before)
})
