import { expect, test } from 'vitest'
import { eventsOf, type Place, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'
import { ctrlC, startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()
const on = (verb: string, ...more: string[]) => ['canary', verb, 'hello', '-e', 'test', ...more]

/** A canary in its first step, which nobody carries on. */
async function left(): Promise<{ service: Service; place: Place }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  const steps = ['--steps', '10', '--every', '1h', '--alarm', alarm]
  expect((await run(['canary', 'hello', '-e', 'test', ...steps, '--detach'], place)).exitCode).toBe(8)
  return { service, place }
}

test('in a pipe it writes a line for each change, and ends with the release, by its exit code if wanted', async () => {
  const { place } = await left()
  const watching = start(on('status', '--watch', '--exit-code'), place)
  await watching.says(/gate pass/)
  await runTo(0, on('pause', '--reason', 'lunch'), place)
  await watching.says(/is paused at step 1 of 1/)
  await runTo(0, on('abort', '--reason', 'enough'), place)
  const { exitCode, stdout } = await watching.ended
  expect(exitCode).toBe(7)
  // Once in the step, and once in the pause.
  expect(stdout.match(/gate pass/g)).toHaveLength(2)
  // The result alone says how it ended.
  expect(stdout.match(/was rolled back to version 1/g)).toHaveLength(1)
  const again = await run(on('status', '--watch'), place)
  expect(again.exitCode).toBe(0)
})

test('--json is a stream of events that ends with how the release stands', async () => {
  const { place } = await left()
  const watching = start(on('status', '--watch', '--json'), place)
  await watching.says(/"observed"/)
  await runTo(0, on('pause'), place)
  await watching.says(/"paused"[^]*"observed"/)
  await runTo(0, on('abort'), place)
  const finished = await watching.ended
  expect(finished).toMatchObject({ exitCode: 0, stderr: '' })
  // Once in the step, and once in the pause: it looks each second.
  expect(eventsOf(finished).filter(({ event }) => event === 'observed')).toHaveLength(2)
  expect(eventsOf(finished).at(-1)).toMatchObject({ event: 'result', outcome: 'rolled-back' })
  const wrong = await run(on('status', '--watch', '--json', '--bogus'), place)
  expect(eventsOf(wrong)).toMatchObject([{ event: 'error', code: 'USAGE' }])
})

test('an interrupt ends the watching alone: exit 130', async () => {
  const { service, place } = await left()
  const before = await sandbox().alias(service.lambdaName)
  const watching = start(on('status', '--watch'), place)
  await watching.says(/gate pass/)
  watching.child.kill('SIGINT')
  const { exitCode, stderr } = await watching.ended
  expect(exitCode).toBe(130)
  expect(stderr).toContain('only the watching ended, and the release did not change')
  expect(await sandbox().alias(service.lambdaName)).toEqual(before)
})

test.each<[string, string, number]>([
  ['q', 'q', 8],
  ['Ctrl-C', ctrlC, 130],
])('on a terminal it is live, and %s leaves the release alone', async (_, key, exitCode) => {
  const { service, place } = await left()
  const before = await sandbox().alias(service.lambdaName)
  const watching = startOnTerminal(on('status', '--watch', '--exit-code'), place)
  await watching.says(/q or Ctrl-C ends only the watching/)
  watching.type(key)
  const finished = await watching.ended
  expect(finished.exitCode).toBe(exitCode)
  expect(finished.stderr).toMatch(/^restored$/m)
  expect(finished.stdout).toContain('the release did not change')
  expect(await sandbox().alias(service.lambdaName)).toEqual(before)
})
