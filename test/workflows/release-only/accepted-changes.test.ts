import { expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import { resume } from '../../../src/workflows/resume.ts'
import type { ReleaseOptions } from '../../../src/workflows/run/release-options.ts'
import { steerRelease } from '../../../src/workflows/steer-release.ts'
import { awsError } from '../calls.ts'
import { aliasOf, recordOf } from '../canary.ts'
import { readyFunction } from '../fake-functions.ts'
import { canary } from '../service.ts'
import { failureOf } from '../world.ts'
import {
  acts,
  beside,
  guarded,
  makeAgain,
  name,
  noBake,
  release,
  releaseWith,
  remember,
  target,
  useOtherTool,
} from './other-tool.ts'

useOtherTool()

/** The call after the one that gives the candidate all traffic. */
async function afterSwitch(options: ReleaseOptions): Promise<number> {
  const { made } = await releaseWith(options, () => undefined, 0)
  const toAll = made.aliases.updates.length - 2
  return (
    made.calls.made.flatMap(({ name: call }, at) => (call === 'aliases.update' ? [at + 2] : []))[toAll] ?? 0
  )
}

test.each([
  ['a deploy', noBake],
  ['a canary without a bake', { ...canary, bakeMs: 0 }],
])(
  '%s pauses with all traffic if the other tool acts after the switch, until a person accepts it',
  async (_, options) => {
    const nth = await afterSwitch(options)
    for (const [what, words] of [
      ['sets memory', 'memory 512 MB → 1024 MB'],
      ['points a trigger of the alias at $LATEST', 'a trigger now invokes $LATEST'],
      ['points a trigger of the alias at a version', 'a trigger no longer invokes live'],
    ] as const) {
      const { code, made, message } = await releaseWith(options, acts[what] ?? remember, nth)
      expect([code, message]).toEqual(['PAUSED', expect.stringContaining(words)])
      expect(recordOf(made)).toMatchObject({ phase: 'paused', candidate: '3' })
      await steerRelease(made.run, target, { verb: 'approve' })
      expect(await resume(made.run, target, { watch: true })).toMatchObject({ outcome: 'released' })
    }
  },
)

test('the look after the switch waits out an AWS that does not answer, and needs no data of an alarm', async () => {
  const made = beside()
  let failures = 3
  made.alarms = { errors: [[0, 'OK']] }
  made.calls.faults.push(({ name: call }) => {
    if (made.aliases.updates.length === 0) return undefined
    made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
    return call === 'triggers.list' && failures-- > 0 ? { error: awsError('AWS_UNAVAILABLE') } : undefined
  })
  expect(await release(made, noBake)).toMatchObject({ outcome: 'released', version: '3' })
  expect(failures).toBe(-1)
})

test('a first release names what the other tool changed while the alias was made', async () => {
  const made = guarded()
  made.functions.state.set(name, { ...readyFunction(name), codeSha256: 'of its tool' })
  made.calls.faults.push(({ name: call }) => {
    if (call === 'aliases.create') remember(made)
    return undefined
  })
  const failure = await failureOf(release(made, noBake))
  expect(failure).toMatchObject({ code: 'CONFLICT' })
  expect(failure.message).toMatch(/^Version 1 of \S+ has 100% of live, but something other than lambdactl/)
})

test('a first release is not told as done if the function was deleted while the alias was made', async () => {
  const made = guarded()
  made.functions.state.set(name, { ...readyFunction(name), codeSha256: 'of its tool' })
  made.calls.faults.push(({ name: call }) => {
    if (made.aliases.updates.length > 0 && call === 'functions.get') acts['deletes the function']?.(made)
    return undefined
  })
  const failure = await failureOf(release(made, noBake))
  expect(failure).toMatchObject({ code: 'CONFLICT' })
  expect(failure.message).toMatch(/but something other than lambdactl deleted the function\.$/)
})

test('a first release never gives traffic to the version of a function that was made again', async () => {
  const begin = () => {
    const made = guarded()
    made.functions.state.set(name, { ...readyFunction(name), codeSha256: 'of its tool' })
    return made
  }
  const plain = begin()
  expect(await release(plain, noBake)).toMatchObject({ outcome: 'released', version: '1' })
  const ends: string[] = []
  for (const nth of plain.calls.made.keys()) {
    const made = begin()
    made.calls.faults.push(() => {
      if (made.calls.made.length === nth + 1) makeAgain(made)
      return undefined
    })
    const end = await release(made, noBake).then(
      ({ outcome }) => outcome,
      (error: unknown) => (error instanceof LambdactlError ? error.code : String(error)),
    )
    const serving = made.functions.state.get(`${name}:${aliasOf(made)?.version}`)
    const isOthers = end === 'released' && serving?.codeSha256 === 'its first'
    if (isOthers || !/^(released|CONFLICT|NOT_FOUND|PREFLIGHT_FAILED)$/.test(end)) ends.push(`${nth}: ${end}`)
  }
  expect(ends).toEqual([])
})

test("a first release names the other tool's triggers that go past the alias", async () => {
  const made = guarded()
  made.functions.state.set(name, { ...readyFunction(name), codeSha256: 'of its tool' })
  made.triggers.push({ description: 'orders (queue)', kind: 'mapping', uuid: 'q', qualifier: undefined })
  expect(await release(made, noBake)).toMatchObject({ outcome: 'released' })
  expect(made.events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))).toContainEqual(
    expect.stringMatching(/^1 of 1 triggers bypass live.*orders \(queue\).*lambdactl doctor/),
  )
})

test("a new description of the other tool's function alone releases nothing", async () => {
  const made = beside()
  expect(await release(made, noBake)).toMatchObject({ outcome: 'released', version: '3' })
  made.functions.updateByHand(name, { description: 'Takes orders' })
  expect(await release(made, noBake)).toMatchObject({ outcome: 'unchanged', version: '3' })
  expect(made.changes().filter((call) => call === 'functions.publish')).toHaveLength(1)
})

test('a promotion without a bake names the change that it accepts', async () => {
  const made = beside()
  await release(made, { ...canary, bakeMs: 0, watch: false })
  remember(made)
  await made.clock.sleep(5000)
  await steerRelease(made.run, target, { verb: 'promote' })
  expect(recordOf(made)).toMatchObject({ phase: 'done', candidate: '3' })
  expect(made.events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))).toContainEqual(
    expect.stringMatching(/memory 512 MB → 1024 MB; promote accepts this/),
  )
})

test('a promotion says that it could not see whether there is a change', async () => {
  const made = beside()
  await release(made, { ...canary, bakeMs: 0, watch: false })
  await made.clock.sleep(5000)
  made.calls.faults.push(({ name: call }) =>
    call === 'triggers.list' ? { error: awsError('AWS_UNAVAILABLE') } : undefined,
  )
  await steerRelease(made.run, target, { verb: 'promote' })
  expect(made.events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))).toContainEqual(
    expect.stringMatching(/^lambdactl could not see whether another tool changed/),
  )
})

test('an approval accepts the change of the other tool, and only that one', async () => {
  const made = beside()
  made.calls.faults.push(({ name: call, nth }) => {
    if (call === 'aliases.update' && nth === 2) remember(made)
    return undefined
  })
  const paused = await failureOf(release(made, canary))
  expect(paused).toMatchObject({ code: 'PAUSED' })
  expect(paused.message).toContain(
    `something other than lambdactl changed ${name} since version 3 was published: memory 512 MB → 1024 MB`,
  )
  expect(aliasOf(made)).toMatchObject({ version: '2', weight: { version: '3', percent: 50 } })
  await steerRelease(made.run, target, { verb: 'approve' })
  made.calls.faults.push(({ name: call, nth }) => {
    if (call === 'aliases.update' && nth === 5) made.functions.updateByHand(name, { timeoutSeconds: 60 })
    return undefined
  })
  const again = await failureOf(resume(made.run, target, { watch: true }))
  expect(again.message).toContain('memory 512 MB → 1024 MB; timeout')
  expect(aliasOf(made)).toMatchObject({ version: '3' })
  await steerRelease(made.run, target, { verb: 'approve' })
  expect(await resume(made.run, target, { watch: true })).toMatchObject({ outcome: 'released', version: '3' })
})

test('variables that can not be read are warned of, and make no deploy differ; a strict release is refused', async () => {
  const made = beside()
  for (const [key, state] of made.functions.state) {
    made.functions.state.set(key, {
      ...state,
      settings: { ...state.settings, environment: {} },
      hiddenVariables: 'no access to the key',
    })
  }
  const refused = await failureOf(release(made, { ...noBake, refusesConfigChange: true }))
  expect(refused).toMatchObject({ code: 'PREFLIGHT_FAILED' })
  expect(refused.message).toContain("the environment variables can't be read")
  expect(await release(made, noBake)).toMatchObject({ outcome: 'released', version: '3' })
  expect(JSON.stringify(made.events)).toContain('does not know whether this release ships a change of them')
  expect(await release(made, noBake)).toMatchObject({ outcome: 'unchanged' })
  const said = 'nothing that lambdactl can read differs'
  expect(JSON.stringify(made.events)).not.toContain(said)
  await made.clock.sleep(1000)
  made.functions.updateByHand(name, {})
  expect(await release(made, noBake)).toMatchObject({ outcome: 'unchanged' })
  expect(JSON.stringify(made.events)).toContain(`after version 3 was published, and ${said}`)
})

test('an update of variables that can not be read pauses a canary', async () => {
  const made = beside()
  const hide = () => {
    for (const [key, state] of made.functions.state)
      made.functions.state.set(key, { ...state, hiddenVariables: 'no access to the key' })
  }
  hide()
  made.calls.faults.push(({ name: call, nth }) => {
    if (call === 'aliases.update' && nth === 2) made.functions.updateByHand(name, {})
    return undefined
  })
  const paused = await failureOf(release(made, canary))
  expect(paused).toMatchObject({ code: 'PAUSED' })
  expect(paused.message).toContain('so it may be the environment variables')
})

test('a change is named even if its parts can not be read', async () => {
  const made = beside()
  let isOn = true
  made.calls.faults.push(({ name: call, nth }) => {
    if (call === 'aliases.update' && nth === 2) remember(made)
    return undefined
  })
  const get = made.run.aws.functions.get.bind(made.run.aws.functions)
  made.run.aws.functions.get = (of, version) =>
    version === '3' && aliasOf(made)?.weight && isOn
      ? Promise.reject(awsError('AWS_UNAVAILABLE'))
      : get(of, version)
  const paused = await failureOf(release(made, canary))
  isOn = false
  expect(paused.message).toContain(
    `something other than lambdactl changed ${name} since version 3 was published`,
  )
})
