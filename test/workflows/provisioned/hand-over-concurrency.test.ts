import { beforeEach, describe, expect, test } from 'vitest'
import { awsError, before, failing } from '../calls.ts'
import { failureOf } from '../world.ts'
import { environments, made, provisioned, release, story, useShop } from './shop.ts'

useShop()

describe('an alias that has environments of its own', () => {
  beforeEach(() => provisioned('live', 4))

  test('hands them over to the stable version once the candidate is warm, and then shifts', async () => {
    expect(await release()).toMatchObject({ outcome: 'released' })
    expect(environments()).toEqual({ '2': 4 })
    const changes = made.changes().filter((name) => !name.startsWith('functions'))
    expect(changes.slice(0, 4)).toEqual([
      'concurrency.provision',
      'concurrency.unprovision',
      'concurrency.provision',
      'aliases.update',
    ])
    expect(story().slice(4, 11)).toEqual([
      'warming 2 4/4',
      'warming 1 0/4',
      'warming 1 1/4',
      'warming 1 2/4',
      'warming 1 3/4',
      'warming 1 4/4',
      'shifted 10',
    ])
    expect(made.aliases.updates.some(({ weight }) => weight.startsWith('100%'))).toBe(false)
  })

  test('shows that before it is done', async () => {
    await release({ dryRun: true })
    const check = made.events.find((event) => event.event === 'checked')
    expect(check).toMatchObject({
      check: {
        title: 'provisioned concurrency',
        outcome: 'warn',
        detail: expect.stringMatching(
          /live hands its 4 over to version 1, .* version 1 runs on demand until it is ready there/,
        ) as string,
      },
    })
    expect(environments()).toEqual({ live: 4 })
  })

  test('keeps them when the candidate does not start', async () => {
    made.provisioned.broken.add('2')
    expect(await failureOf(release())).toMatchObject({ code: 'UPDATE_FAILED' })
    expect(environments()).toEqual({ live: 4 })
  })

  test('does not lose them to an interrupt: the stable version is given them, and warms on', async () => {
    made.calls.faults.push(before('concurrency.unprovision', 1, made.interrupt))
    expect(await failureOf(release())).toMatchObject({ code: 'INTERRUPTED' })
    expect(environments()).toEqual({ '1': 4 })
    expect(made.aliases.updates).toEqual([])
  })

  test.each(['CONFLICT', 'AWS_UNAVAILABLE', 'UNREACHABLE', 'BUG'] as const)(
    'does not lose them to a %s between the two changes',
    async (code) => {
      const error = awsError(code)
      made.calls.faults.push(failing('concurrency.unprovision', 1, { error, takesEffect: true }))
      made.calls.faults.push(failing('concurrency.provision', 2, { error }))
      expect(await release()).toMatchObject({ outcome: 'released' })
      expect(environments()).toEqual({ '2': 4 })
    },
  )

  test('names the way back where the stable version is refused them', async () => {
    made.calls.faults.push(failing('concurrency.provision', 2, { error: awsError('AWS_REFUSED') }))
    expect(await failureOf(release())).toMatchObject({
      code: 'AWS_REFUSED',
      next: [
        'Version 1 gets traffic even without its environments. To give it some: lambdactl concurrency provision checkout --env prod 4 --version 1',
      ],
    })
    expect(environments()).toEqual({})
  })

  test('is moved on by the next release where one died after each change', async () => {
    made.calls.faults.push(
      failing('concurrency.provision', 2, { error: awsError('NOT_PERMITTED') }),
      failing('concurrency.unprovision', 2, { error: awsError('NOT_PERMITTED') }),
    )
    await failureOf(release())
    expect(environments()).toEqual({ '2': 4 })
    made.calls.faults.length = 0
    made.events.length = 0
    expect(await release()).toMatchObject({ outcome: 'released', version: '2' })
    expect(story().slice(0, 6).at(-1)).toBe('shifted 10')
    expect(story()).toContain('warming 1 4/4')
    expect(environments()).toEqual({ '2': 4 })
  })
})

test('a stable version whose environments are still being prepared is waited for', async () => {
  made.provisioned.put('1', 4)
  made.provisioned.warmMs = 300_000
  provisioned('2', 4)
  await release()
  expect(made.aliases.updates[0]?.after).toBeGreaterThanOrEqual(300_000)
  expect(environments()).toEqual({ '2': 4 })
})
