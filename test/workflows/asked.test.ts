import { describe, expect, test } from 'vitest'
import { resume } from '../../src/workflows/resume.ts'
import { awsError, type Fault, outage } from './calls.ts'
import { aliasOf, canaryWorld, carry, recordOf, story, watching } from './canary.ts'
import { failureOf, start, target, type World } from './world.ts'

const first = '3 10% on 4 shifting @0'

/** Asks at a time, in seconds from the start, until another. */
function askedFrom(from: number, until: number): World {
  const made = canaryWorld()
  const isAsked = () => made.clock.now() >= start + from * 1000 && made.clock.now() < start + until * 1000
  made.run = { ...made.run, isAsked }
  return made
}

describe('while a person is asked how to go on', () => {
  test('a step that is over is held, and goes on soon after the answer', async () => {
    const made = askedFrom(30, 500)
    await carry(made)
    const [begun, second] = story(made)
    expect(begun).toBe(first)
    expect(Number(second?.split('@')[1])).toBeGreaterThanOrEqual(500)
    expect(Number(second?.split('@')[1])).toBeLessThan(506)
    expect(recordOf(made)).toMatchObject({ phase: 'done' })
  })

  test('an alarm that fires rolls back', async () => {
    const made = askedFrom(30, 500)
    made.alarms = {
      errors: [
        [0, 'OK'],
        [300_000, 'ALARM'],
      ],
    }
    expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(aliasOf(made)).toMatchObject({ version: '3' })
  })

  test('a bake that is over does not end the watch', async () => {
    const made = askedFrom(200, 900)
    made.alarms = {
      errors: [
        [0, 'OK'],
        [800_000, 'ALARM'],
      ],
    }
    expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(aliasOf(made)).toMatchObject({ version: '3' })
  })

  test('a shift that was decided a moment before is not made', async () => {
    const made = canaryWorld()
    let asked = false
    made.run = { ...made.run, isAsked: () => asked }
    made.calls.faults.push(({ name, time }) => {
      if (name === 'journal.append' && time >= start + 60_000) asked = true
      return undefined
    })
    made.clock.at(start + 300_000, () => made.interrupt('pause'))
    expect(await failureOf(carry(made))).toMatchObject({ code: 'INTERRUPTED' })
    expect(story(made)).toEqual([first, '3 10% on 4 paused @303'])
  })
})

describe('detached', () => {
  test('the release is left as it stands, also where a shift is due, and says when that is', async () => {
    const made = canaryWorld()
    made.clock.at(start + 30_000, () => made.interrupt('detach'))
    const followed = await carry(made)
    expect(followed.next).toBe(start + 60_000)
    expect(story(made)).toEqual([first])
    expect(made.journal.at(-1)?.entry).toMatchObject({
      kind: 'detached',
      by: 'arn:aws:iam::123456789012:user/ada',
    })
  })

  test('somebody else carries it on', async () => {
    const made = canaryWorld()
    made.clock.at(start + 30_000, () => made.interrupt('detach'))
    await carry(made)
    const other = { ...made.run, signal: new AbortController().signal }
    expect(await resume(other, target, watching)).toMatchObject({ outcome: 'released' })
  })

  /** Interrupted while it looks, at the first look after 30 s. */
  function interruptedInLook(fault?: Fault): World {
    const made = canaryWorld()
    made.calls.faults.push(({ name, time }) => {
      if (name !== 'aliases.get' || time < start + 30_000 || made.run.signal.aborted) return undefined
      made.interrupt('detach')
      return fault
    })
    return made
  }

  test('a gate that is known to fail rolls back all the same, as by a gate', async () => {
    const made = interruptedInLook({ error: awsError('UNREACHABLE') })
    made.alarms = {
      errors: [
        [0, 'OK'],
        [30_000, 'ALARM'],
      ],
    }
    expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(aliasOf(made)).toMatchObject({ version: '3' })
  })

  test('a release that somebody paused meanwhile is left paused, and no interrupt is blamed', async () => {
    const made = interruptedInLook()
    made.clock.at(start + 29_500, () => {
      const { description = '' } = aliasOf(made) ?? {}
      const paused = `${description.replace('shifting', 'paused')} | lunch`
      made.aliases.byHand(target.lambdaName, { description: paused })
    })
    expect(await failureOf(carry(made))).toMatchObject({ code: 'PAUSED' })
  })

  test('it is left as well where nothing can be read', async () => {
    const made = canaryWorld()
    made.calls.faults.push(outage(start + 20_000, start + 90_000))
    made.clock.at(start + 30_000, () => made.interrupt('detach'))
    expect((await carry(made)).next).toBe(start + 60_000)
    expect(story(made)).toEqual([first])
  })
})
