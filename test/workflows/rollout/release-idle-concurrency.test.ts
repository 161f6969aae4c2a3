import { expect, test } from 'vitest'
import { formatRecord, type ReleaseRecord } from '../../../src/release/values/record.ts'
import { resume } from '../../../src/workflows/resume.ts'
import { steerRelease } from '../../../src/workflows/steer-release.ts'
import { awsError, failing } from '../calls.ts'
import { canaryWorld, carry, plan, watching } from '../canary.ts'
import { failureOf, start, target, type World } from '../world.ts'

const warm = { provisioned: { amount: 4 } }
const leaving = { watch: false }

/** Stable and candidate are both provisioned. */
function warmWorld(): World {
  const made = canaryWorld()
  made.provisioned.give('3', 4)
  made.provisioned.give('4', 4)
  return made
}

const left = (made: World) => made.provisioned.list().map(({ qualifier }) => qualifier)

/** An alias as an ended release left it, whose process died before it released anything. */
function endedWorld(ended: Partial<ReleaseRecord>): World {
  const made = warmWorld()
  const record: ReleaseRecord = {
    id: 'ours',
    strategy: 'canary',
    phase: 'done',
    step: 2,
    steps: 2,
    candidate: '4',
    held: ['4', '3', '2'],
    since: start - 60_000,
    ...ended,
  }
  made.aliases.byHand(target.lambdaName, { version: record.held[0] ?? '', description: formatRecord(record) })
  return made
}

test.each([
  ['done', { phase: 'done' }, ['4'], { outcome: 'idle' }],
  ['rolled back', { phase: 'rolled-back', held: ['3', '2'] }, ['3'], { code: 'ROLLED_BACK' }],
  [
    'a rollback by hand',
    { strategy: 'rollback', phase: 'rolled-back', held: ['3', '2'] },
    ['3', '4'],
    { code: 'ROLLED_BACK' },
  ],
] as const)('resume of a release that is %s does what is left', async (_, ended, kept, outcome) => {
  const made = endedWorld(ended)
  expect(await resume(made.run, target, watching).catch((error: unknown) => error)).toMatchObject(outcome)
  expect(left(made)).toEqual(kept)
})

test('resume leaves environments that were put after the release had ended: somebody else warms', async () => {
  const made = endedWorld({ phase: 'rolled-back', held: ['3', '2'] })
  made.provisioned.put('4', 4)
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'ROLLED_BACK' })
  expect(left(made)).toEqual(['3', '4'])
})

test('resume to the end releases what the first process would have', async () => {
  const made = warmWorld()
  await carry(made, warm, leaving)
  expect(left(made)).toEqual(['3', '4'])
  expect(await resume(made.run, target, watching)).toMatchObject({ outcome: 'released' })
  expect(left(made)).toEqual(['4'])
})

test("an abort releases the candidate's, and once more where that failed", async () => {
  const made = warmWorld()
  await carry(made, warm, leaving)
  made.calls.faults.push(failing('concurrency.unprovision', 1, { error: awsError('AWS_UNAVAILABLE') }))
  expect(await steerRelease(made.run, target, { verb: 'abort' })).toMatchObject({ changed: true })
  expect(left(made)).toEqual(['3', '4'])
  expect(await steerRelease(made.run, target, { verb: 'abort' })).toMatchObject({ changed: false })
  expect(left(made)).toEqual(['3'])
})

test('a promotion that ends the release releases the old ones, one that begins the bake does not', async () => {
  for (const [bakeMs, kept] of [
    [0, ['4']],
    [60_000, ['3', '4']],
  ] as const) {
    const made = warmWorld()
    await carry(made, { ...warm, bakeMs }, leaving)
    await steerRelease(made.run, target, { verb: 'promote' })
    expect(left(made)).toEqual(kept)
  }
})

test('a pause and its end release nothing, and ask for nothing', async () => {
  const made = warmWorld()
  await carry(made, warm, leaving)
  made.calls.made.length = 0
  await steerRelease(made.run, target, { verb: 'pause' })
  await steerRelease(made.run, target, { verb: 'approve' })
  expect(made.calls.made.filter(({ name }) => name.startsWith('concurrency'))).toEqual([])
  expect(left(made)).toEqual(['3', '4'])
})

test('a candidate that somebody took the alias from is released by whoever followed it', async () => {
  const made = warmWorld()
  await carry(made, warm, leaving)
  made.clock.at(made.clock.now() + 5000, () =>
    made.aliases.byHand(target.lambdaName, {
      version: '9',
      weight: { version: '8', percent: 5 },
      description: '',
    }),
  )
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'CONFLICT' })
  expect(left(made)).toEqual(['3'])
})

test('a plan of before, without it, asks for nothing in the end', async () => {
  const made = warmWorld()
  await carry(made, {}, leaving)
  await resume(made.run, target, watching)
  expect(plan).not.toHaveProperty('provisioned')
  expect(left(made)).toEqual(['3', '4'])
})
