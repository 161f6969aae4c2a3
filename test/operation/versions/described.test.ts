import { expect, test } from 'vitest'
import { describedVersion } from '../../../src/operation/versions/described.ts'
import type { PastRelease } from '../../../src/release/history/history.ts'

const published = { version: '7', description: '', codeSha256: '', published: '2026-11-21T22:29:00.000+0000' }
const release = (strategy: string, candidate: string, by: string, started: number) =>
  ({ id: `r${started}`, strategy, candidate, by, started, outcome: 'done' }) as PastRelease

test('the author is who released a version first; a rollback to it is one of its releases, of any alias', () => {
  const live = [release('rollback', '7', 'eve', 3), release('canary', '8', 'eve', 2)]
  const beta = [release('canary', '7', 'ada', 1)]
  const past = [
    { alias: 'live', releases: live },
    { alias: 'beta', releases: beta },
  ]
  expect(describedVersion(published, [], past)).toMatchObject({
    by: 'ada',
    origin: undefined,
    releases: [
      { alias: 'live', id: 'r3', strategy: 'rollback' },
      { alias: 'beta', id: 'r1' },
    ],
  })
})

test('an alias points to its version and to the second one, even without traffic', () => {
  const alias = (name: string, version: string, weight?: { version: string; percent: number }) => ({
    name,
    version,
    description: '',
    revisionId: '',
    ...(weight && { weight }),
  })
  const aliases = [
    alias('live', '6', { version: '7', percent: 0 }),
    alias('beta', '7', { version: '8', percent: 25 }),
    alias('old', '5'),
  ]
  expect(describedVersion(published, aliases, []).aliases).toEqual([
    { name: 'live', percent: 0 },
    { name: 'beta', percent: 75 },
  ])
})
