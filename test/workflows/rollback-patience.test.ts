import { describe, expect, test } from 'vitest'
import { awsError, failing, outage } from './calls.ts'
import { aliasOf, canaryWorld, carry, recordOf, story } from './canary.ts'
import { failureOf, start, target } from './world.ts'

const first = '3 10% on 4 shifting @0'

/** Alarm and outage begin together; while the alarms are still answered, that is known. */
function firingAt(after: number) {
  const made = canaryWorld()
  made.alarms = {
    errors: [
      [0, 'OK'],
      [after, 'ALARM'],
    ],
  }
  return made
}

/** Nothing but the alarms answers. */
function deaf(from: number, to: number, error = awsError('AWS_UNAVAILABLE')) {
  const out = outage(start + from, start + to, error)
  return (call: Parameters<typeof out>[0]) => (call.name.startsWith('aliases.') ? out(call) : undefined)
}

describe('a rollback does not give up on the first failure', () => {
  test.each(['AWS_UNAVAILABLE', 'UNREACHABLE'] as const)('30 seconds of %s are outlasted', async (code) => {
    const made = firingAt(10_000)
    made.calls.faults.push(deaf(10_000, 40_000, awsError(code)))
    expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(story(made)).toEqual([first, '3 rolled-back @40'])
    expect(aliasOf(made)).not.toHaveProperty('weight')
  })

  test('conflicts on an alias that is still ours are outlasted too', async () => {
    const made = firingAt(10_000)
    const error = awsError('CONFLICT', 'busy')
    made.calls.faults.push(({ name, time }) =>
      name === 'aliases.update' && time >= start + 10_000 && time < start + 20_000 ? { error } : undefined,
    )
    expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(story(made)).toEqual([first, '3 rolled-back @20'])
    expect(made.changes().length).toBeLessThan(15)
  })

  test('after more than a minute a person is told where the alias was last seen', async () => {
    const made = firingAt(10_000)
    made.calls.faults.push(deaf(10_000, 90_000))
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'ROLLBACK_FAILED',
      message:
        'Alias live of shop-checkout-prod could not be rolled back (alarm errors is in ALARM (it is ALARM)); it was last seen on version 3, with 10% on version 4. AWS said AWS_UNAVAILABLE',
      next: ['Roll it back by hand: lambdactl rollback checkout --env prod'],
    })
    expect(story(made)).toEqual([first])
    expect(made.clock.now()).toBe(start + 70_000)
  })

  test('what waiting does not cure fails at once', async () => {
    const made = firingAt(10_000)
    const error = awsError('NOT_PERMITTED', 'no lambda:UpdateAlias')
    made.calls.faults.push(({ name, nth }) => (name === 'aliases.update' && nth > 1 ? { error } : undefined))
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'ROLLBACK_FAILED',
      message: expect.stringContaining('no lambda:UpdateAlias') as string,
    })
    expect(made.clock.now()).toBe(start + 10_000)
  })
})

test('an alias that was moved by hand during the outage is left alone', async () => {
  const made = firingAt(10_000)
  made.calls.faults.push(deaf(10_000, 40_000))
  made.clock.at(start + 30_000, () => made.aliases.byHand(target.lambdaName, { version: '9' }))
  expect(await failureOf(carry(made))).toMatchObject({ code: 'CONFLICT' })
  expect(story(made)).toEqual([first])
  expect(aliasOf(made)?.version).toBe('9')
})

test('an unreadable alias after a conflict is asked for again', async () => {
  const made = firingAt(10_000)
  const lost = awsError('UNREACHABLE')
  made.calls.faults.push(({ name, time }) => {
    if (time < start + 10_000 || time >= start + 15_000) return undefined
    if (name === 'aliases.update') return { error: awsError('CONFLICT') }
    return name === 'aliases.get' ? { error: lost } : undefined
  })
  expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
  expect(recordOf(made)?.phase).toBe('rolled-back')
})

test('an error that nobody foresaw does not end a rollback either', async () => {
  const made = firingAt(10_000)
  made.calls.faults.push(failing('aliases.update', 2, { error: new Error('boom') }))
  expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
  expect(story(made)).toEqual([first, '3 rolled-back @11'])
})
