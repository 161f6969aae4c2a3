import { describe, expect, test } from 'vitest'
import { startFunction } from '../../../src/workflows/concurrency/start.ts'
import { stopFunction } from '../../../src/workflows/concurrency/stop.ts'
import { readStop } from '../../../src/workflows/stopping/stop-journal.ts'
import { stoppedOf } from '../../../src/workflows/stopping/stopped.ts'
import { awsError, before, failing } from '../calls.ts'
import { canaryWorld } from '../canary.ts'
import { failureOf, target, type World } from '../world.ts'

const ada = 'arn:aws:iam::123456789012:user/ada'

/** A function with 50 reserved, and 5 provisioned on version 3. */
function running(): World {
  const made = canaryWorld()
  made.concurrency.reserved = 50
  made.provisioned.reserved = 50
  made.provisioned.give('3', 5)
  return made
}

const stop = (made: World, reason = 'it loops', dryRun = false) =>
  stopFunction(made.run, target, { reason, dryRun })
const start = (made: World, dryRun = false) =>
  startFunction(made.run, target, { dryRun, onProgress: () => undefined })
const warnings = (made: World) =>
  made.events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))
const provisioned = (made: World) =>
  made.provisioned.list().map(({ qualifier, requested }) => [qualifier, requested])

describe('a stop', () => {
  test('removes the environments before it reserves 0, and is on record before either', async () => {
    const made = running()
    expect(await stop(made)).toMatchObject({
      outcome: 'stopped',
      stop: { reason: 'it loops', by: ada },
      before: { reserved: 50, provisioned: [{ qualifier: '3', amount: 5 }] },
      undo: ['lambdactl concurrency start checkout --env prod'],
    })
    const order = made.calls.made.map(({ name }) => name)
    const positions = ['journal.append', 'killSwitch.unprovision', 'killSwitch.reserve'].map((name) =>
      order.indexOf(name),
    )
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    expect(made.concurrency.reserved).toBe(0)
    expect(provisioned(made)).toEqual([])
  })

  test('made twice keeps the memory of the first, and changes nothing', async () => {
    const made = running()
    await stop(made)
    const changes = made.changes().length
    expect(await stop(made, 'another reason')).toMatchObject({
      outcome: 'was-stopped',
      stop: { reason: 'it loops', before: { reserved: 50 } },
    })
    expect(made.changes()).toHaveLength(changes)
    expect(await readStop(made.run, target)).toMatchObject({ reason: 'it loops' })
  })

  test('that is cut off says how to finish it and how to put back what it took', async () => {
    const made = running()
    made.calls.faults.push(failing('killSwitch.reserve', 1, { error: awsError('AWS_UNAVAILABLE') }))
    expect(await failureOf(stop(made))).toMatchObject({
      code: 'AWS_UNAVAILABLE',
      next: [
        expect.stringMatching(/^To finish the stop: lambdactl concurrency stop checkout --env prod --reason/),
        expect.stringMatching(/^To put back .*: lambdactl concurrency start checkout --env prod$/),
      ],
    })
    await start(made)
    expect(provisioned(made)).toEqual([['3', 5]])
  })

  test('ends with our own bug, which no warning hides', async () => {
    const made = running()
    made.calls.faults.push(failing('journal.read', 1, { error: new TypeError('bug') }))
    expect(await failureOf(stop(made))).toMatchObject({ message: 'bug' })
    expect(made.concurrency.reserved).toBe(50)
  })

  test('that was cut off is finished by the next one, and nothing is forgotten', async () => {
    const made = running()
    made.calls.faults.push(failing('killSwitch.reserve', 1, { error: awsError('UNREACHABLE') }))
    await failureOf(stop(made))
    expect(made.concurrency.reserved).toBe(50)
    expect(await stop(made, 'again')).toMatchObject({
      outcome: 'stopped',
      before: { reserved: 50, provisioned: [{ qualifier: '3', amount: 5 }] },
    })
    await start(made)
    expect(provisioned(made)).toEqual([['3', 5]])
  })

  test('goes on where it may not write the journal, and then names each command back', async () => {
    const made = running()
    made.calls.faults.push(({ name }) =>
      name === 'journal.append' ? { error: awsError('NOT_PERMITTED') } : undefined,
    )
    expect(await stop(made)).toMatchObject({
      outcome: 'stopped',
      undo: [
        'lambdactl concurrency reserve checkout --env prod 50',
        'lambdactl concurrency provision checkout --env prod 5 --version 3',
      ],
    })
    expect(made.concurrency.reserved).toBe(0)
    expect(warnings(made)).toMatchObject([expect.stringContaining('not on record')])
  })

  test('waits until Lambda no longer counts the environments', async () => {
    const made = running()
    const text = ` ReservedConcurrentExecutions  0 should not be lower than function's total provisioned concurrency [5].`
    made.calls.faults.push(failing('killSwitch.reserve', 1, { error: awsError('AWS_REFUSED', text) }))
    await stop(made)
    expect(made.concurrency.reserved).toBe(0)
  })

  test('by hand is told as such, and no memory is invented', async () => {
    const made = canaryWorld()
    made.concurrency.reserved = 0
    const result = await stop(made)
    expect(result).toMatchObject({
      outcome: 'was-stopped',
      undo: ['lambdactl concurrency reserve checkout --env prod none'],
    })
    expect(result.before).toBeUndefined()
    expect(await failureOf(start(made))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('after somebody gave another reservation names what the first stop took away', async () => {
    const made = running()
    await stop(made)
    made.concurrency.reserved = 7
    await stop(made, 'again')
    expect(warnings(made)).toEqual([
      expect.stringMatching(
        /it loops\. That stop took away 5 provisioned .* provision checkout .*5 --version 3$/,
      ),
    ])
  })

  test('of a stopped function whose record is unreadable does not advise to forget what was there', async () => {
    const made = running()
    await stop(made)
    made.calls.faults.push(({ name }) =>
      name === 'journal.read' ? { error: awsError('AWS_UNAVAILABLE') } : undefined,
    )
    const { undo } = await stop(made)
    expect(undo).toEqual(['lambdactl concurrency start checkout --env prod'])
    const found = await stoppedOf(made.run, target, { reserved: 0 })
    expect(found?.next).toMatch(/once the record can be read: lambdactl concurrency start/)
    expect(found?.summary).not.toContain('by hand')
  })

  test('as a dry run changes nothing', async () => {
    const made = running()
    expect(await stop(made, 'it loops', true)).toMatchObject({ outcome: 'stopped', dryRun: true })
    expect(made.changes()).toEqual([])
    expect(made.journal).toEqual([])
  })

  test("of another tool's function is made, with a warning about its owner", async () => {
    const made = running()
    const codeOnly = { ...target, codeOnly: { provisions: false } }
    await stopFunction(made.run, codeOnly, { reason: 'it loops', dryRun: false })
    expect(made.concurrency.reserved).toBe(0)
    expect(warnings(made)).toMatchObject([expect.stringContaining('may start the function again')])
  })
})

describe('a start', () => {
  test('puts back exactly what was there, and a second one has nothing to do', async () => {
    const made = running()
    await stop(made)
    expect(await start(made)).toMatchObject({
      outcome: 'started',
      made: { reserve: 50, provision: [{ qualifier: '3', amount: 5 }] },
      undo: "lambdactl concurrency stop checkout --env prod --reason 'TEXT'",
    })
    expect(made.concurrency.reserved).toBe(50)
    expect(provisioned(made)).toEqual([['3', 5]])
    expect(await start(made)).toMatchObject({ outcome: 'was-running', made: { provision: [] } })
  })

  test('leaves a reservation alone that somebody else set since', async () => {
    const made = running()
    await stop(made)
    made.concurrency.reserved = 7
    const refused = await failureOf(start(made))
    expect(refused).toMatchObject({ code: 'CONFLICT' })
    expect(refused.message).toContain('somebody else has given it a reserved concurrency of 7 since')
    expect(made.concurrency.reserved).toBe(7)
  })

  test('whose reservation somebody removed prints one command that puts it back', async () => {
    const made = running()
    await stop(made)
    made.concurrency.reserved = undefined
    const refused = await failureOf(start(made))
    expect(refused.message).toContain('somebody else has removed its reservation since')
    expect(refused).toHaveProperty(
      'next.0',
      expect.stringMatching(/: lambdactl \S+ reserve checkout --env prod 50 && lambdactl \S+ start /),
    )
  })

  test('that could not give all environments back says so, and goes on when it is run again', async () => {
    const made = running()
    await stop(made)
    made.calls.faults.push(failing('killSwitch.provision', 1, { error: awsError('AWS_UNAVAILABLE') }))
    expect(await failureOf(start(made))).toMatchObject({ code: 'UPDATE_FAILED' })
    expect(made.concurrency.reserved).toBe(50)
    expect(await start(made)).toMatchObject({ made: { provision: [{ qualifier: '3', amount: 5 }] } })
    expect(provisioned(made)).toEqual([['3', 5]])
  })

  test('gives nothing to a version that was deleted meanwhile', async () => {
    const made = running()
    await stop(made)
    made.calls.faults.push(failing('killSwitch.provision', 1, { error: awsError('NOT_FOUND') }))
    await start(made)
    expect(warnings(made)).toMatchObject([expect.stringContaining('3 does not exist any more')])
    expect(await readStop(made.run, target)).toBeUndefined()
  })

  test('changes nothing as a dry run', async () => {
    const made = running()
    await stop(made)
    const changes = made.changes().length
    expect(await start(made, true)).toMatchObject({ made: { reserve: 50 }, dryRun: true })
    expect(made.changes()).toHaveLength(changes)
  })
})

test('two stops at once lose nothing: each records before it changes anything', async () => {
  const made = running()
  let second: Promise<unknown> | undefined
  made.calls.faults.push(before('killSwitch.unprovision', 1, () => void (second = stop(made, 'second'))))
  await stop(made, 'first')
  await second
  await start(made)
  expect(made.concurrency.reserved).toBe(50)
  expect(provisioned(made)).toEqual([['3', 5]])
})
