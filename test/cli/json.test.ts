import { expect, test } from 'vitest'
import { eventsOf, type Finished, type Place, run } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, failing, makeService } from './service.ts'

const sandbox = useSandbox()

/** Runs with --json: whatever happens, stderr is silent. */
async function runJson(args: string, place: Place): Promise<Finished> {
  const finished = await run([...args.split(' '), '--json'], place)
  expect(finished.stderr).toBe('')
  return finished
}

/** An error as programs read it, with the process's own exit code. */
const errorShape = (code: string, exitCode: number) => ({
  code,
  kind: 'user',
  message: expect.stringMatching(/\w/) as string,
  next: expect.arrayContaining([expect.stringMatching(/\w/)]) as string[],
  exitCode,
})

test('deploy --json is a stream of events: the last one is the result', async () => {
  const service = await makeService()
  const deployed = await runJson('deploy -e test', sandbox().place(service))
  expect(deployed.exitCode).toBe(0)
  const events = eventsOf(deployed)
  expect(events.map(({ event }) => event).filter((event) => event !== 'stage')).toEqual([
    'place',
    'packaged',
    // That there is no commit: the folder is in no repository.
    'noted',
    'created',
    'published',
    'planned',
    'checked',
    'shifted',
    'done',
    'result',
  ])
  for (const event of events.slice(1, -1)) {
    expect(event).toMatchObject({ function: 'hello', time: expect.any(Number) as number })
  }
  expect(events.at(-1)).toEqual({ event: 'result', function: 'hello', outcome: 'released', version: '1' })
  const again = await runJson('deploy -e test', sandbox().place(service))
  expect(eventsOf(again).at(-1)).toMatchObject({ event: 'result', outcome: 'unchanged', version: '1' })
})

test('canary --json ends with the error of what stopped it, and its exit code', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const refused = await runJson('canary hello -e test', place)
  expect(refused.exitCode).toBe(6)
  const events = eventsOf(refused)
  expect(events.at(-1)).toEqual({ event: 'error', function: 'hello', ...errorShape('PREFLIGHT_FAILED', 6) })
  expect(events.filter(({ event }) => event === 'error' || event === 'result')).toHaveLength(1)
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const quick = `--steps 50 --every 300ms --bake 300ms --alarm ${alarm}`
  const released = await runJson(`canary hello -e test ${quick}`, place)
  expect(released.exitCode).toBe(0)
  expect(eventsOf(released).at(-1)).toMatchObject({ event: 'result', version: '2', previous: '1' })
})

test('the other commands write one document, also for an error', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const documentOf = async (args: string, exitCode: number) => {
    const finished = await runJson(args, place)
    expect(finished.exitCode).toBe(exitCode)
    return JSON.parse(finished.stdout) as unknown
  }
  expect(await documentOf('status -e test', 0)).toMatchObject({
    functions: [{ function: 'hello', state: 'ready' }],
  })
  expect(await documentOf('package hello', 0)).toMatchObject({
    functions: [{ function: 'hello', files: 1 }],
  })
  expect(await documentOf('concurrency show hello -e test', 0)).toMatchObject({
    functions: [{ provisioned: [] }],
  })
  expect(await documentOf('rollback hello -e test --to 1', 0)).toMatchObject({ outcome: 'unchanged' })
  expect(await documentOf('rollback hello -e test', 4)).toMatchObject({ error: errorShape('NOT_FOUND', 4) })
  expect(await documentOf('status -e nowhere', 4)).toEqual({
    schemaVersion: 1,
    error: errorShape('NOT_FOUND', 4),
  })
  expect(await documentOf('status -e test --bogus', 2)).toEqual({
    schemaVersion: 1,
    error: errorShape('USAGE', 2),
  })
  expect(await documentOf('rollback -e test', 2)).toEqual({ schemaVersion: 1, error: errorShape('USAGE', 2) })
  expect(await documentOf('invoke hello -e test --version 7', 4)).toMatchObject({
    error: errorShape('NOT_FOUND', 4),
  })
})

test('invoke --json of a function that fails is one document too', async () => {
  const service = await makeService()
  await service.writeHandler(failing)
  const place = await sandbox().deployFirst(service)
  const failed = await runJson('invoke hello -e test', place)
  expect(failed.exitCode).toBe(6)
  expect(JSON.parse(failed.stdout)).toMatchObject({ error: errorShape('INVOCATION_FAILED', 6) })
})

test('deploy --json with a bad flag is one error event', async () => {
  const service = await makeService()
  const finished = await runJson('deploy -e test --bogus', sandbox().place(service))
  expect(finished.exitCode).toBe(2)
  expect(eventsOf(finished)).toEqual([{ event: 'error', ...errorShape('USAGE', 2) }])
})
