import { array, assert, constantFrom, integer, property, record, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { type PruneFacts, type PruneRules, planPrune } from '../../../src/operation/versions/plan-prune.ts'
import type { PastRelease } from '../../../src/release/history/history.ts'
import { formatRecord, type Phase, type ReleaseRecord } from '../../../src/release/values/record.ts'
import { formatOrigin } from '../../../src/release/values/version-description.ts'

const now = Date.parse('2026-11-21T22:30:00.000Z')
const dayMs = 24 * 3_600_000
const ours = formatOrigin({ digest: 'a'.repeat(64), commit: undefined })

/** Versions from the newest on, each published a day before the next one. */
const versions = (count: number, description = ours) =>
  Array.from({ length: count }, (_, index) => ({
    version: String(count - index),
    description,
    codeSha256: '',
    bytes: 1000,
    published: new Date(now - (index + 1) * dayMs).toISOString().replace('Z', '+0000'),
  }))

const facts = (given: Partial<PruneFacts> = {}): PruneFacts => ({
  versions: versions(12),
  aliases: [],
  lostRecords: new Map(),
  past: [],
  provisioned: [],
  mapped: [],
  executing: [],
  ...given,
})
const rules = (given: Partial<PruneRules> = {}): PruneRules => ({
  keep: 1,
  now,
  keepsOthers: false,
  ...given,
})

const releaseRecord = (given: Partial<ReleaseRecord>): ReleaseRecord => ({
  id: 'k3f9q2ab',
  strategy: 'canary',
  phase: 'done',
  step: 1,
  steps: 1,
  candidate: '12',
  held: [],
  since: now,
  ...given,
})
const alias = (version: string, given: object = {}) => ({
  name: 'live',
  version,
  description: '',
  revisionId: '',
  ...given,
})
const numbers = (plan: { gone: readonly { version: string }[] }) => plan.gone.map(({ version }) => version)

test('without any use, all but the newest go, the oldest first', () => {
  expect(numbers(planPrune(facts(), rules({ keep: 9 })))).toEqual(['1', '2', '3'])
  expect(numbers(planPrune(facts(), rules({ keep: 0 })))).not.toContain('12')
})

test('each kept version has all its reasons', () => {
  const description = formatRecord(
    releaseRecord({ phase: 'rolled-back', candidate: '11', held: ['10', '8'] }),
  )
  const release = { id: 'r1', candidate: '7', from: '6', outcome: 'done', ended: now } as PastRelease
  const { kept } = planPrune(
    facts({
      aliases: [alias('10', { description, weight: { version: '5', percent: 0 } })],
      provisioned: ['10', 'live'],
      mapped: ['4', '$LATEST'],
      executing: ['3'],
      past: [{ alias: 'live', releases: [release] }],
    }),
    rules(),
    new Set(['2']),
  )
  expect(kept.map(({ version, because }) => [version, ...because.map(({ kind }) => kind)])).toEqual([
    ['12', 'newest'],
    ['11', 'way-back'],
    ['10', 'alias', 'provisioned'],
    ['8', 'way-back'],
    ['7', 'last-release'],
    ['5', 'alias'],
    ['4', 'mapping'],
    ['3', 'executing'],
    ['2', 'policy'],
  ])
})

test('a release in flight keeps its candidate and the version before, by record and by journal', () => {
  const description = formatRecord(releaseRecord({ phase: 'awaiting-approval', candidate: '9', held: ['8'] }))
  const byRecord = planPrune(facts({ aliases: [alias('8', { description })] }), rules())
  expect(byRecord.kept.find(({ version }) => version === '9')?.because).toEqual([
    { kind: 'in-flight', alias: 'live', release: 'k3f9q2ab' },
  ])
  const flying = {
    id: 'r2',
    candidate: '7',
    from: '6',
    outcome: 'in progress',
    ended: undefined,
  } as PastRelease
  const byJournal = planPrune(facts({ past: [{ alias: 'live', releases: [flying] }] }), rules())
  expect(byJournal.kept.map(({ version }) => version)).toEqual(['12', '7', '6'])
})

test("an alias that lost its record keeps the journal's way back", () => {
  const lostRecords = new Map([['live', releaseRecord({ candidate: '9', held: ['9', '4'] })]])
  const plan = planPrune(
    facts({ aliases: [alias('9', { description: "Terraform's" })], lostRecords }),
    rules(),
  )
  expect(plan.kept.map(({ version }) => version)).toEqual(['12', '9', '4'])
})

test('--older-than keeps the younger, and a version without a date', () => {
  const undated = versions(12).map((each) => (each.version === '2' ? { ...each, published: '' } : each))
  const plan = planPrune(facts({ versions: undated }), rules({ youngerThanMs: 10 * dayMs }))
  expect(numbers(plan)).toEqual(['1', '3'])
})

test("another tool's versions stay in a function of another tool, and go in one of lambdactl's", () => {
  const others = facts({ versions: versions(3, 'published by Terraform') })
  expect(numbers(planPrune(others, rules()))).toEqual(['1', '2'])
  expect(numbers(planPrune(others, rules({ keepsOthers: true })))).toEqual([])
})

const version = integer({ min: 1, max: 12 }).map(String)
const some = array(version, { maxLength: 3 })
const phase = constantFrom<Phase>(
  'shifting',
  'awaiting-approval',
  'approved',
  'baking',
  'paused',
  'done',
  'rolled-back',
)
const anyAlias = record({
  name: constantFrom('live', 'beta'),
  main: version,
  second: version,
  candidate: version,
  held: array(version, { maxLength: 5 }),
  phase,
  hasRecord: constantFrom(true, false),
})

test('nothing that is in use ever goes, whatever the rules; and every version goes or stays', () => {
  assert(
    property(
      record({
        existing: subarray(versions(12)),
        aliases: array(anyAlias, { maxLength: 3 }),
        provisioned: some,
        mapped: some,
        executing: some,
        policies: some,
        inFlight: some,
        keep: integer({ min: 0, max: 4 }),
        days: integer({ min: 0, max: 14 }),
      }),
      ({ existing, aliases, policies, inFlight, keep, days, ...uses }) => {
        const records = aliases.map((each) => releaseRecord({ ...each, id: 'abc' }))
        const made = facts({
          ...uses,
          versions: existing,
          aliases: aliases.map((each, index) =>
            alias(each.main, {
              name: `${each.name}${index}`,
              ...(each.second === each.main ? {} : { weight: { version: each.second, percent: 10 } }),
              description: each.hasRecord ? formatRecord(records[index] as ReleaseRecord) : 'a note',
            }),
          ),
          lostRecords: new Map(records.map((each, index) => [`${aliases[index]?.name}${index}`, each])),
          past: [
            {
              alias: 'live',
              releases: inFlight.map(
                (candidate) => ({ id: 'r', candidate, ended: undefined }) as PastRelease,
              ),
            },
          ],
        })
        const plan = planPrune(made, rules({ keep, youngerThanMs: days * dayMs }), new Set(policies))
        const needed = new Set([
          ...uses.provisioned,
          ...uses.mapped,
          ...uses.executing,
          ...policies,
          ...inFlight,
          ...aliases.flatMap((each) => [each.main, each.second, each.candidate, ...each.held]),
          ...existing.slice(0, Math.max(1, keep)).map((each) => each.version),
        ])
        expect(numbers(plan).filter((each) => needed.has(each))).toEqual([])
        expect(plan.gone.every(({ published }) => Date.parse(published) <= now - days * dayMs)).toBe(true)
        expect([...numbers(plan), ...numbers({ gone: plan.kept })].toSorted()).toEqual(
          existing.map((each) => each.version).toSorted(),
        )
      },
    ),
  )
})
