import { expect, test } from 'vitest'
import type { ErrorCode } from '../../src/errors/codes.ts'
import { asLambdactlError } from '../../src/errors/error.ts'
import type { AlarmCondition } from '../../src/release/observed.ts'
import { awsError } from './calls.ts'
import { aliasOf, canaryWorld, carry, recordOf } from './canary.ts'
import { start, target, type World } from './world.ts'

/** Numbers from 0 to below 1 that a seed repeats: mulberry32. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const plan = {
  steps: [
    { percent: 10, holdMs: 5000 },
    { percent: 50, holdMs: 5000 },
  ],
  bakeMs: 10_000,
}
const conditions: (AlarmCondition | undefined)[] = [
  'OK',
  'OK',
  'OK',
  'OK',
  'ALARM',
  'INSUFFICIENT_DATA',
  undefined,
]
const codes: ErrorCode[] = ['AWS_UNAVAILABLE', 'UNREACHABLE', 'BUG']
const updateCodes: ErrorCode[] = [...codes, 'CONFLICT']

/** What a random life did to the alias beside the release. */
interface Life {
  made: World
  /** The state that somebody else last put there. */
  theirs: () => string | undefined
}

function life(seed: number): Life {
  const next = random(seed)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)] as Item
  const made = canaryWorld()
  made.alarms = {
    errors: [0, 1, 2, 3].map(
      (index) => [index === 0 ? 0 : Math.floor(next() * 30_000), pick(conditions)] as const,
    ),
  }
  made.alarms['errors'] = made.alarms['errors']?.toSorted((a, b) => a[0] - b[0]) ?? []
  const rate = pick([0, 0, 0.02, 0.1])
  const error = (name: string) =>
    next() < 0.1 ? new Error('boom') : awsError(pick(name === 'aliases.update' ? updateCodes : codes))
  made.calls.faults.push(({ name, time }) =>
    // In the end AWS answers again, so that every rollback can succeed.
    next() < rate && time < start + 50_000 && name !== 'journal.append'
      ? { error: error(name), takesEffect: next() < 0.5 }
      : undefined,
  )
  let theirs: string | undefined
  if (next() < 0.3) {
    const change = pick([
      { version: '9' },
      { version: '9', description: '' },
      { weight: { version: '8', percent: 5 } },
    ])
    made.clock.at(start + Math.floor(next() * 25_000), () => {
      made.aliases.byHand(target.lambdaName, change)
      theirs = JSON.stringify(aliasOf(made))
    })
  }
  if (next() < 0.2) made.clock.at(start + Math.floor(next() * 25_000), made.interrupt)
  return { made, theirs: () => theirs }
}

async function outcomeOf(made: World): Promise<ErrorCode | 'DONE'> {
  try {
    await carry(made, plan)
    return 'DONE'
  } catch (error) {
    return asLambdactlError(error).code
  }
}

/** Updates that give the candidate more, after a look at a failed verdict. */
function shiftsAfterFailure({ events }: World): number {
  const failed = events.findIndex((told) => told.event === 'observed' && told.verdict.outcome === 'fail')
  return failed < 0 ? 0 : events.slice(failed).filter(({ event }) => event === 'shifted').length
}

/** What is wrong with how a life ended; empty when nothing is. */
async function wrongs(seed: number): Promise<string[]> {
  const { made, theirs } = life(seed)
  const outcome = await outcomeOf(made)
  const alias = aliasOf(made)
  const phase = recordOf(made)?.phase
  const taken = theirs()
  const stillOurs = taken === undefined
  const at = `${outcome}, ${phase} on ${alias?.version}${alias?.weight ? ` with ${alias.weight.percent}%` : ''}`
  const rules: [boolean, string][] = [
    [shiftsAfterFailure(made) === 0, 'the candidate got more after its gate had failed'],
    [taken === undefined || taken === JSON.stringify(alias), "somebody else's change was overwritten"],
    [!stillOurs || alias?.weight === undefined || outcome === 'PAUSED', 'weights were left'],
    [outcome !== 'DONE' || !stillOurs || (phase === 'done' && alias?.version === '4'), 'done, but not there'],
    [
      !stillOurs || !['ROLLED_BACK', 'INTERRUPTED'].includes(outcome) || alias?.version === '3',
      'rolled back, but not there',
    ],
  ]
  return rules.flatMap(([holds, what]) => (holds ? [] : [`seed ${seed}: ${what} (${at})`]))
}

test('whatever alarms, AWS and other people do, no release leaves an unwatched candidate', async () => {
  const found: string[] = []
  for (let seed = 1; seed <= 2000; seed += 1) found.push(...(await wrongs(seed)))
  expect(found).toEqual([])
})

test('the lives are worth living: every way to end is among them', async () => {
  const outcomes = new Set<string>()
  for (let seed = 1; seed <= 300; seed += 1) outcomes.add(await outcomeOf(life(seed).made))
  expect([...outcomes]).toEqual(
    expect.arrayContaining(['DONE', 'ROLLED_BACK', 'PAUSED', 'CONFLICT', 'INTERRUPTED']),
  )
})
