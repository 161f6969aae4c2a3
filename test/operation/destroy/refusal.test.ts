import { expect, test } from 'vitest'
import { type DestroyFacts, destroyRefusal } from '../../../src/operation/destroy/refusal.ts'
import { formatRecord, type Phase } from '../../../src/release/values/record.ts'
import { formatOrigin } from '../../../src/release/values/version-description.ts'

const alias = (name: string, description = '') => ({ name, version: '1', description, revisionId: '' })
const recorded = (phase: Phase) =>
  formatRecord({
    id: 'k3',
    strategy: 'canary',
    phase,
    step: 1,
    steps: 1,
    candidate: '2',
    held: ['1'],
    since: 0,
  })
const madeBy = (service?: string) =>
  formatOrigin({ digest: 'a'.repeat(64), commit: undefined, ...(service !== undefined && { service }) })
const ours = madeBy()
const refusal = (given: Partial<DestroyFacts>) =>
  destroyRefusal({ alias: 'live', tags: undefined, aliases: [], service: 'shop', descriptions: [], ...given })

test.each<[what: string, given: Partial<DestroyFacts>]>([
  ['a release record', { aliases: [alias('live', recorded('done'))] }],
  ['a version of lambdactl', { descriptions: ['by hand', ours] }],
  ['a newer version of this service', { descriptions: [madeBy('shop'), madeBy('billing')] }],
])('a function may be destroyed that lambdactl released, by %s', (_, given) => {
  expect(refusal(given)).toBeUndefined()
})

test.each<[what: string, given: Partial<DestroyFacts>, refusal: object]>([
  ['without any mark of lambdactl', { descriptions: ['by hand'] }, { kind: 'foreign' }],
  [
    'of another tool',
    { tags: { ManagedBy: 'Terraform' }, descriptions: [ours] },
    { kind: 'owned', owner: 'Terraform' },
  ],
  [
    'of another service',
    { aliases: [alias('live', recorded('done'))], descriptions: ['by hand', madeBy('billing'), ours] },
    { kind: 'other-service', service: 'billing' },
  ],
  [
    'with aliases of others',
    { aliases: [alias('live', recorded('done')), alias('beta')] },
    { kind: 'other-aliases', aliases: ['beta'] },
  ],
  [
    'with a release in flight',
    { aliases: [alias('live', recorded('paused'))] },
    { kind: 'in-flight', release: 'k3' },
  ],
])('a function is kept %s', (_, given, expected) => {
  expect(refusal(given)).toEqual(expected)
})
