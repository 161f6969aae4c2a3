import { expect, test } from 'vitest'
import { type Place, runTo, start } from './cli.ts'
import { type Fate, startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** Each release is killed one call later than the one before, until one needs fewer calls than that. */
test('a canary that is killed at any of its calls, before or after it took effect, can be carried on or released again', {
  timeout: 600_000,
}, async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const steps = ['--steps', '10', '--every', '300ms', '--bake', '300ms', '--alarm', alarm]
  const canary = ['canary', 'hello', '-e', 'test', ...steps]
  let nth = 0
  let isKilled = true
  while (isKilled) {
    nth += 1
    await service.writeHandler(answering(`answer ${nth}`))
    const before = await sandbox().alias(service.lambdaName)
    isKilled = await killAt(service, canary, nth, nth % 2 === 0 ? 'is lost' : 'is not answered')
    await expectOrderly(service, before.version)
    await mend(service, place, canary)
  }
  expect(nth).toBeGreaterThan(15)
})

/** False where the release was over before that call. */
async function killAt(service: Service, canary: string[], nth: number, fate: Fate): Promise<boolean> {
  const proxy = await startProxy(sandbox().url, (count) => (count === nth ? fate : 'passes'))
  const canaryRun = start(canary, sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url }))
  const over = await Promise.race([proxy.unanswered.then(() => false), canaryRun.ended.then(() => true)])
  canaryRun.child.kill('SIGKILL')
  const { exitCode } = await canaryRun.ended
  expect(exitCode).toBe(over ? 0 : null)
  return !over
}

/** Whatever was killed, the alias is on what was there, on its way with the step's weight, or on the candidate. */
async function expectOrderly(service: Service, before: string | undefined): Promise<void> {
  const { version, weights, description } = await sandbox().alias(service.lambdaName)
  const candidate = String(Number(before) + 1)
  expect([
    { version: before, weights: {} },
    { version: before, weights: { [candidate]: 0.1 } },
    { version: candidate, weights: {} },
  ]).toContainEqual({ version, weights })
  expect(description).toContain('lambdactl ')
}

/** Carries it on where it had begun, else releases again: then all is orderly, and no version is there in vain. */
async function mend(service: Service, place: Place, canary: string[]): Promise<void> {
  const left = await sandbox().alias(service.lambdaName)
  const isBegun = / \| (?:shifting|baking) /.test(left.description)
  await runTo(0, isBegun ? ['canary', 'resume', 'hello', '-e', 'test'] : canary, place)
  const { version, weights, description } = await sandbox().alias(service.lambdaName)
  expect(weights).toEqual({})
  expect(description).toMatch(/^lambdactl (?:canary|all-at-once) \w+ \| done /)
  expect(await sandbox().versions(service.lambdaName)).toHaveLength(Number(version))
}
