import { readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { expectExit, type Place, runTo, start } from '../cli/cli.ts'
import { clientSettings, useSandbox } from '../cli/sandbox.ts'
import { whyMissing } from '../clients/programs.ts'
import { effects, feeds } from './feed.ts'
import { serviceWithAll } from './whole-service.ts'
import { openWorld, type Released, released, type World } from './world.ts'

/** A step of the templates takes 5 minutes, and their alarms look at one. */
const sandbox = useSandbox(30)
const runtimes: readonly { runtime: string; service: string; names: readonly Released[] }[] = [
  { runtime: 'node', service: 'shop', names: released },
  // One for each kind of handler: of requests, of batches of a stream and of a queue, of events, and of tasks.
  {
    runtime: 'python',
    service: 'depot',
    names: ['items', 'kinesis-2', 'pipeline-2', 'sqs-worker-2', 'step-functions-2'],
  },
]
const patiently = { timeout: 60_000, interval: 200 }
const noBoto3 = whyMissing('boto3', ['python3', '-c', 'import boto3'])

// Only this test has each template with its own trigger, from the source to the effect at the other end.
for (const { runtime, service, names } of runtimes) {
  test.skipIf(runtime === 'python' && noBoto3)(
    `${names.length} templates of ${runtime} are released, fed at their sources, and have their effects`,
    { timeout: 300_000 },
    async () => {
      const folder = await serviceWithAll(runtime, service)
      await symlink(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
      const place = sandbox().place({ folder })
      const { url } = sandbox()
      const world = await openWorld(clientSettings(url), { service, folder })
      const where = ['--env', 'sandbox', '--endpoint-url', url]
      await runTo(0, ['alarms', 'ensure', ...names, ...where], place)
      await runTo(0, ['deploy', ...names, ...where], place)
      await expectEffects(world, names)
      // The checks and the gates do not depend on the runtime.
      if (runtime !== 'node') return
      // The pipeline tells the topic of its order.
      await expect.poll(() => effects['sns-fanout-2'](world), patiently).toContain('first-pipeline-2')
      await expectNoFinding(place, where)
      await expectRolledBack(world, place, where)
    },
  )
}

async function expectEffects(world: World, names: readonly Released[]): Promise<void> {
  await Promise.all(names.map((name) => feeds[name](world, `first-${name}`)))
  for (const name of names) {
    const expected = name === 'schedule-2' ? /^reports\/\d{4}-\d\d-\d\d\.json$/ : `first-${name}`
    const look = () => effects[name](world)
    await expect.poll(look, patiently).toContainEqual(expect.stringMatching(expected))
  }
}

async function expectNoFinding(place: Place, where: readonly string[]): Promise<void> {
  const told = await runTo(0, ['doctor', ...released, ...where, '--json', '--fail-on', 'warning'], place)
  const { functions } = JSON.parse(told.stdout) as {
    functions: { function: string; checks: { title: string; outcome: string; detail: string }[] }[]
  }
  const findings = functions.flatMap((each) =>
    each.checks
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ title, outcome, detail }) => `${each.function} ${outcome} ${title}: ${detail}`),
  )
  expect(findings).toEqual([])
}

/** Has each function fail for all events but the smoke event, and expects that its own alarm takes its canary back. */
async function expectRolledBack(world: World, place: Place, where: readonly string[]): Promise<void> {
  const { functions } = parse(await readFile(join(place.cwd, 'lambdactl.yaml'), 'utf8')) as {
    functions: Record<Released, { source: string; release: { smoke: { event: object } } }>
  }
  for (const name of released) {
    const { source, release } = functions[name]
    await fail(join(place.cwd, source), release.smoke.event)
  }
  const few = pLimit(3)
  await Promise.all(released.map((name) => few(() => expectCanaryBack(name, world, { place, where }))))
}

async function expectCanaryBack(
  name: Released,
  world: World,
  { place, where }: { place: Place; where: readonly string[] },
): Promise<void> {
  const canary = start(['canary', name, ...where], place)
  await canary.says(/step 1 of 2/)
  const over = new AbortController()
  const ended = canary.ended.finally(() => over.abort())
  for (let turn = 0; !over.signal.aborted; turn += 1) {
    await feeds[name](world, `more-${turn}-${name}`)
    await sleep(100)
  }
  const finished = await ended
  expectExit(finished, 7)
  expect(finished.stderr).toContain(`alarm ${world.named(name)}-live-`)
  await sandbox().expectAlias(world.named(name), '1')
}

/** Puts a bad handler before that of a template. */
async function fail(source: string, smoke: object): Promise<void> {
  await rename(join(source, 'index.ts'), join(source, 'good.ts'))
  await writeFile(
    join(source, 'index.ts'),
    `import { isDeepStrictEqual } from 'node:util'
import * as good from './good.ts'
export async function handler(event: never) {
  if (isDeepStrictEqual(event, ${JSON.stringify(smoke)})) return await good.handler(event)
  throw new Error('a bad version')
}
`,
  )
}
