import { expect, test } from 'vitest'
import { steerRelease } from '../../../src/workflows/steer-release.ts'
import { seenEnough, watchRelease } from '../../../src/workflows/watch/watch-release.ts'
import { awsError } from '../calls.ts'
import { canaryWorld, carry, recordOf } from '../canary.ts'
import { failureOf, start, target, type World } from '../world.ts'

/** A world in which a release runs, and somebody who looks on at it; `told` is what they are told. */
function lookOn(made: World) {
  const controller = new AbortController()
  const told: string[] = []
  const run = {
    ...made.run,
    signal: controller.signal,
    emit: (event: Parameters<World['run']['emit']>[0]) => {
      told.push('phase' in event ? `${event.event} ${event.phase}` : event.event)
    },
  }
  return { run, told, controller, watching: () => watchRelease(run, target) }
}

async function inFirstStep(): Promise<World> {
  const made = canaryWorld()
  await carry(made, {}, { watch: false })
  return made
}

test('whoever looks on is told each change and what the gates say, until the release has ended', async () => {
  const made = await inFirstStep()
  const { told, watching } = lookOn(made)
  made.clock.at(start + 10_000, () => void steerRelease(made.run, target, { verb: 'pause' }))
  made.clock.at(start + 4_000_000, () => void steerRelease(made.run, target, { verb: 'abort' }))
  expect(await watching()).toBe('rolled-back')
  expect(told.filter((one) => one.startsWith('standing'))).toEqual([
    'standing shifting',
    'standing paused',
    'standing rolled-back',
  ])
  expect(told).toContain('planned')
  expect(told).toContain('observed')
})

test('a release that is paused has no step that could be extended', async () => {
  const made = await inFirstStep()
  await steerRelease(made.run, target, { verb: 'pause' })
  const { told, run, watching } = lookOn(made)
  const emit = run.emit
  run.emit = (event) => {
    if (event.event === 'observed') told.push(`extended ${event.extended ?? false}`)
    else emit(event)
  }
  made.clock.at(start + 4_000_000, () => void steerRelease(made.run, target, { verb: 'abort' }))
  await watching()
  expect(told).toContain('extended false')
  expect(told).not.toContain('extended true')
})

test('a step that goes on beyond its time, since its gates have no data, is told as extended', async () => {
  const made = await inFirstStep()
  made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
  const { told, run, watching, controller } = lookOn(made)
  run.emit = (event) => {
    if (event.event === 'observed') told.push(`extended ${event.extended ?? false}`)
  }
  made.clock.at(start + 100_000, () => controller.abort(seenEnough))
  await watching()
  expect(told[0]).toBe('extended false')
  expect(told).toContain('extended true')
})

test('nothing is changed, whatever the gates say', async () => {
  const made = await inFirstStep()
  const { watching, controller } = lookOn(made)
  made.alarms = { errors: [[0, 'ALARM']] }
  const changes = made.changes().length
  made.clock.at(start + 900_000, () => controller.abort(seenEnough))
  expect(await watching()).toBe('going')
  expect(made.changes()).toHaveLength(changes)
  expect(recordOf(made)).toMatchObject({ phase: 'shifting' })
})

test('an interrupt ends the watching only, and says so', async () => {
  const made = await inFirstStep()
  const { watching, controller } = lookOn(made)
  made.clock.at(start + 10_000, () => controller.abort())
  expect(await failureOf(watching())).toMatchObject({
    code: 'INTERRUPTED',
    message: 'Interrupted: only the watching ended, and the release did not change.',
  })
  expect(recordOf(made)).toMatchObject({ phase: 'shifting' })
})

test('one that has ended is told at once', async () => {
  const made = canaryWorld()
  await carry(made)
  expect(await lookOn(made).watching()).toBe('done')
})

test('an AWS that does not answer is asked again', async () => {
  const made = await inFirstStep()
  const { watching, told } = lookOn(made)
  made.calls.faults.push(({ time }) =>
    time > start + 5000 && time < start + 60_000 ? { error: awsError('UNREACHABLE') } : undefined,
  )
  made.clock.at(start + 100_000, () => void steerRelease(made.run, target, { verb: 'abort' }))
  expect(await watching()).toBe('rolled-back')
  expect(told).toContain('standing rolled-back')
})

test('without a release there is nothing to look on at', async () => {
  expect(await failureOf(lookOn(canaryWorld()).watching())).toMatchObject({ code: 'NOT_FOUND' })
})
