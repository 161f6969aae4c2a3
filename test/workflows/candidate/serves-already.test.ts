import { expect, test } from 'vitest'
import type { FunctionSettings } from '../../../src/function/settings/settings.ts'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { settingsOf } from '../../../src/workflows/settings/settings.ts'
import { zipOf } from '../../sandbox/lambda/zip.ts'
import { awsError } from '../calls.ts'
import { canary, type Service, service } from '../service.ts'
import { target, type World, world } from '../world.ts'

const { lambdaName } = target
const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${lambdaName}`
const code = 'def handler(event, context):\n    return 1\n'

interface Foreign {
  description?: string
  settings?: Partial<FunctionSettings>
  content?: string
}

/** The same function, released by something else: its zip was made by another program. */
async function foreign(
  made: World,
  { fn }: Service,
  { description = '', settings = {}, content = code }: Foreign = {},
): Promise<void> {
  const zip = zipOf([{ name: 'app.py', content, mode: 0o100600 }])
  await made.functions.create(lambdaName, { ...settingsOf(fn), ...settings }, { zip })
  await made.clock.sleep(5000)
  const { codeSha256 = '', revisionId = '' } = (await made.functions.get(lambdaName)) ?? {}
  await made.functions.publish(lambdaName, { codeSha256, revisionId, description })
  await made.aliases.create(lambdaName, 'live', { version: '1', weight: undefined, description: '' })
  made.alarms = { errors: [[0, 'OK']] }
  made.calls.made.length = 0
}

function named(made: World, name: string): number {
  return made.calls.made.filter((call) => call.name === name).length
}

/** As `init --from` has it written down. */
const release = (made: World, { fn }: Service) =>
  releaseFunction(made.run, target, { ...fn, adopted: arn }, canary)

test('a version that something else published from the same files and settings is served already', async () => {
  const made = world()
  await using here = await service()
  await foreign(made, here)
  expect((await packageFunction(here.fn)).zip.byteLength).not.toBe(0)
  expect(await release(made, here)).toMatchObject({ outcome: 'unchanged', version: '1' })
  expect(made.changes()).toEqual([])
  expect(named(made, 'functions.code')).toBe(1)
})

test("the version's own Description does not matter, but the function's does", async () => {
  const made = world()
  await using here = await service()
  await foreign(made, here, { description: 'release 12' })
  expect(await release(made, here)).toMatchObject({ outcome: 'unchanged' })
  const { fn } = here
  expect(await release(made, { ...here, fn: { ...fn, description: 'new' } })).toMatchObject({ version: '2' })
})

test('other settings are a change, which nothing is downloaded to see', async () => {
  const made = world()
  await using here = await service()
  await foreign(made, here, { settings: { memoryMb: 128 } })
  expect(await release(made, here)).toMatchObject({ outcome: 'released', version: '2' })
  expect(named(made, 'functions.code')).toBe(0)
})

test('another file is a change', async () => {
  const made = world()
  await using here = await service()
  await foreign(made, here, { content: `${code}\n` })
  expect(await release(made, here)).toMatchObject({ outcome: 'released', version: '2' })
})

test('a version of ours is judged by its digest alone', async () => {
  const made = world()
  await using here = await service()
  await foreign(made, here, { description: `lambdactl sha256:${'0'.repeat(64)}` })
  expect(await release(made, here)).toMatchObject({ outcome: 'released', version: '2' })
  expect(named(made, 'functions.code')).toBe(0)
})

test('code that can not be downloaded is taken for changed, with a warning', async () => {
  const made = world()
  await using here = await service()
  await foreign(made, here)
  made.calls.faults.push(({ name }) =>
    name === 'functions.code' ? { error: awsError('UNREACHABLE', 'no way there') } : undefined,
  )
  expect(await release(made, here)).toMatchObject({ outcome: 'released', version: '2' })
  expect(made.events).toContainEqual({
    function: 'checkout',
    event: 'warning',
    text: 'Version 1 was not published by lambdactl, and could not be compared: no way there',
  })
})
