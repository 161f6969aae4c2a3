import { expect, test } from 'vitest'
import { reserveConcurrency } from '../../../src/workflows/concurrency/reserve.ts'
import { stopFunction } from '../../../src/workflows/concurrency/stop.ts'
import { histories } from '../../../src/workflows/history/history.ts'
import { rollBack } from '../../../src/workflows/roll-back.ts'
import { writePause } from '../../../src/workflows/stopping/pause-journal.ts'
import { awsError } from '../calls.ts'
import { canaryWorld } from '../canary.ts'
import { start, target } from '../world.ts'

const ada = 'arn:aws:iam::123456789012:user/ada'
const minute = 60_000

test('releases and operations are in one order, the newest first, by one read for all functions', async () => {
  const made = canaryWorld()
  await rollBack(made.run, target, { to: '2' })
  await made.clock.sleep(minute)
  await reserveConcurrency(made.run, target, { amount: 10, dryRun: false })
  await made.clock.sleep(minute)
  await writePause(made.run, target, { kind: 'pausing', reason: 'full', mappings: [] })
  await writePause(made.run, target, { kind: 'resumed' })
  await made.clock.sleep(minute)
  await stopFunction(made.run, target, { reason: 'it loops', dryRun: false })
  const other = { ...target, function: 'other', lambdaName: 'other' }
  const [ours, theirs] = await histories(made.run, [target, other], 10 * start)
  expect(ours?.map(({ kind }) => kind)).toEqual(['stop', 'pause', 'resume', 'reserve', 'release'])
  expect(ours?.[0]).toMatchObject({ by: ada, reason: 'it loops', before: { reserved: 10 } })
  expect(ours?.[3]).toMatchObject({ by: ada, from: null, to: 10 })
  expect(theirs).toEqual([])
  expect(made.calls.made.filter(({ name }) => name === 'journal.since')).toHaveLength(1)
})

test('an operation without permission to write the journal is made, with a warning', async () => {
  const made = canaryWorld()
  made.calls.faults.push(({ name }) =>
    name === 'journal.append' ? { error: awsError('NOT_PERMITTED', 'No journal for you.') } : undefined,
  )
  await reserveConcurrency(made.run, target, { amount: 10, dryRun: false })
  expect(made.concurrency.reserved).toBe(10)
  expect(made.events).toContainEqual(
    expect.objectContaining({
      event: 'warning',
      text: expect.stringContaining('history will not show this. No journal for you.') as unknown,
    }),
  )
})
