import { expect, test } from 'vitest'
import { standing } from '../../../src/release/decision/standing.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import type { ReleaseRecord } from '../../../src/release/values/record.ts'

const canary: ReleaseRecord = {
  id: 'k3f9',
  strategy: 'canary',
  phase: 'shifting',
  step: 1,
  steps: 2,
  candidate: '4',
  held: ['3', '2'],
  since: Date.parse('2026-11-21T10:00:00.000Z'),
}

const stamp = '2026-11-21T10:00:00.000Z'
const errors = 'lambdactl logs errors checkout --env prod'
const deploy = 'lambdactl deploy checkout --env prod'
const approve = 'lambdactl canary approve checkout --env prod'
const resume = 'lambdactl canary resume checkout --env prod'
const rollback = 'lambdactl rollback checkout --env prod'
const ended = (version: string) => [
  `If no process carries it on, do so: ${resume}`,
  `Or put version ${version} back: ${rollback}`,
]

function alias(version: string, weight?: string): AliasState {
  const share = weight === undefined ? {} : { weight: { version: weight, percent: 10 } }
  return { name: 'live', version, ...share, description: '', revisionId: 'r1' }
}

const cases: [string, AliasState, ReleaseRecord | undefined, ReturnType<typeof standing>][] = [
  [
    'nothing on record',
    alias('3'),
    undefined,
    { phase: 'unrecorded', summary: 'live is on version 3; no release of lambdactl is on record.' },
  ],
  [
    'nothing on record, but a weight',
    alias('3', '4'),
    undefined,
    {
      phase: 'unrecorded',
      summary: 'live is on version 3, with 10% on version 4; no release of lambdactl is on record.',
      next: [`To clear the weight and leave version 3: ${rollback}`],
    },
  ],
  [
    'a step runs',
    alias('3', '4'),
    canary,
    {
      phase: 'shifting',
      summary: `canary k3f9 of version 4 is shifting at step 1 of 2, with 10% on version 4, since ${stamp}.`,
      next: ended('3'),
    },
  ],
  [
    'a bake runs',
    alias('4'),
    { ...canary, phase: 'baking', step: 2 },
    {
      phase: 'baking',
      summary: `canary k3f9 of version 4 is baking at 100%, since ${stamp}.`,
      next: ended('3'),
    },
  ],
  [
    'it is paused, and says why',
    alias('3', '4'),
    { ...canary, phase: 'paused', reason: 'not enough data for errors' },
    {
      phase: 'paused',
      summary: `canary k3f9 of version 4 is paused at step 1 of 2, with 10% on version 4, since ${stamp}: not enough data for errors.`,
      next: [`Let it go on: ${approve}`, `Or put version 3 back: ${rollback}`],
    },
  ],
  [
    'its reason has a period of its own',
    alias('3', '4'),
    { ...canary, phase: 'paused', reason: 'Ada said so.' },
    {
      phase: 'paused',
      summary: `canary k3f9 of version 4 is paused at step 1 of 2, with 10% on version 4, since ${stamp}: Ada said so.`,
      next: [`Let it go on: ${approve}`, `Or put version 3 back: ${rollback}`],
    },
  ],
  [
    'it is done',
    alias('4'),
    { ...canary, phase: 'done', held: ['4', '3'] },
    { phase: 'done', summary: `canary k3f9 put version 4 at 100%, ${stamp}.` },
  ],
  [
    'it was rolled back, and says why',
    alias('3'),
    { ...canary, phase: 'rolled-back', reason: 'errors fires' },
    {
      phase: 'rolled-back',
      summary: `canary k3f9 of version 4 was rolled back to version 3, ${stamp}: errors fires.`,
      next: [`See the candidate's failures: ${errors} --version 4 --since 2026-11-21T09:00Z`],
    },
  ],
  [
    'somebody moved it after its release was done',
    alias('9'),
    { ...canary, phase: 'done', held: ['4', '3'] },
    {
      phase: 'moved',
      summary:
        'live is on version 9, which is not where release k3f9 (canary, done) put it: something else moved it.',
      next: [`To put version 4 back: ${rollback}`],
    },
  ],
  [
    'somebody set a weight after its rollback',
    alias('3', '9'),
    { ...canary, phase: 'rolled-back' },
    {
      phase: 'moved',
      summary:
        'live is on version 3, with 10% on version 9, which is not where release k3f9 (canary, rolled-back) put it: something else moved it.',
      next: [`To put version 3 back: ${rollback}`],
    },
  ],
  [
    'Lambda keeps all traffic on another version',
    { ...alias('4'), weight: { version: '3', percent: 100 } },
    { ...canary, phase: 'done', held: ['4', '3'] },
    {
      phase: 'moved',
      summary:
        "live is on version 4, but a weight of 100% sends all its traffic to version 3. Lambda sets this weight while it prepares live's provisioned concurrency on version 4, and leaves it there if that fails.",
      next: [
        `The next release waits for Lambda, or clears the weight. To put all traffic on version 3 now: ${rollback} --to 3`,
      ],
    },
  ],
  [
    'somebody pointed it at $LATEST',
    alias('$LATEST'),
    canary,
    {
      phase: 'moved',
      summary:
        'live is on $LATEST, which is not where release k3f9 (canary, shifting) put it: something else moved it.',
      next: [`To put version 3 back: ${rollback}`, `Or to put live on a version: ${deploy}`],
    },
  ],
  [
    'it was rolled back by hand',
    alias('3'),
    { ...canary, strategy: 'rollback', phase: 'rolled-back' },
    {
      phase: 'rolled-back',
      summary: expect.stringContaining('took live from version 4 back to version 3') as string,
      next: [`See the failures of version 4: ${errors} --version 4 --since 2026-11-21T09:00Z`],
    },
  ],
  [
    'it was rolled back from $LATEST',
    alias('3'),
    { ...canary, strategy: 'rollback', phase: 'rolled-back', candidate: '$LATEST' },
    {
      phase: 'rolled-back',
      summary: expect.stringContaining('took live from $LATEST back to version 3') as string,
    },
  ],
  [
    'somebody moved it while its release was shifting',
    alias('9'),
    canary,
    {
      phase: 'moved',
      summary:
        'live is on version 9, which is not where release k3f9 (canary, shifting) put it: something else moved it.',
      next: [`To put version 3 back: ${rollback}`],
    },
  ],
]

test.each(cases)('an alias is explained when %s', (_, state, record, expected) => {
  expect(standing(state, record, { approve, deploy, errors, resume, rollback })).toEqual(expected)
})
