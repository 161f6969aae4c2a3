import { expect, test } from 'vitest'
import {
  dueOfCurrent,
  dueOfNoncurrent,
  isLoneMarkerDue,
  isUploadDue,
} from '../../../../src/sandbox/s3/lifecycle/due.ts'
import type { KeptRule } from '../../../../src/sandbox/s3/storage/lifecycle.ts'

const dayMs = 86_400_000
/** An object of this time is one day old at the midnight after the next one. */
const since = Date.parse('2026-11-01T10:00:00Z')
const midnight = (days: number) => ({ now: Date.parse('2026-11-02T00:00:00Z') + days * dayMs, dayMs })
const object = { key: 'in/a.csv', size: 1_000_000, tags: { kind: 'raw' }, storageClass: undefined, since }

const rule = (more: Partial<KeptRule>): KeptRule => ({ Status: 'Enabled', Filter: {}, ...more })
const lifecycle = (...rules: KeptRule[]) => ({ rules, minimum: 'all_storage_classes_128K' as const })

const archive = rule({
  Transitions: [
    { Days: 30, StorageClass: 'STANDARD_IA' },
    { Days: 60, StorageClass: 'GLACIER' },
  ],
  Expiration: { Days: 365 },
})

test.each([
  [29, undefined],
  [30, { expires: false, storageClass: 'STANDARD_IA' }],
  [60, { expires: false, storageClass: 'GLACIER' }],
  [364, { expires: false, storageClass: 'GLACIER' }],
  [365, { expires: true }],
])('at the midnight after %i days an object goes where its rule says', (days, due) => {
  expect(dueOfCurrent(lifecycle(archive), object, midnight(days))).toEqual(due)
})

test('a day ends at midnight, not at the hour of the put', () => {
  const { now } = midnight(30)
  expect(dueOfCurrent(lifecycle(archive), object, { now: now - 1, dayMs })).toBeUndefined()
})

test('objects go only downwards', () => {
  const archived = { ...object, storageClass: 'GLACIER' }
  expect(dueOfCurrent(lifecycle(archive), archived, midnight(60))).toBeUndefined()
})

test('a small object stays, unless its rule has a size or the configuration lets archives take it', () => {
  const small = { ...object, size: 100 }
  expect(dueOfCurrent(lifecycle(archive), small, midnight(60))).toBeUndefined()
  const sized = { ...archive, Filter: { ObjectSizeGreaterThan: 0 } }
  expect(dueOfCurrent(lifecycle(sized), small, midnight(60))).toMatchObject({ storageClass: 'GLACIER' })
  const varies = { rules: [archive], minimum: 'varies_by_storage_class' as const }
  expect(dueOfCurrent(varies, small, midnight(30))).toBeUndefined()
  expect(dueOfCurrent(varies, small, midnight(60))).toMatchObject({ storageClass: 'GLACIER' })
})

test.each<[KeptRule['Filter'], boolean]>([
  [{ Prefix: 'in/' }, true],
  [{ Prefix: 'out/' }, false],
  [{ Tag: { Key: 'kind', Value: 'raw' } }, true],
  [{ Tag: { Key: 'kind', Value: 'other' } }, false],
  [{ Tag: { Key: 'toString', Value: '' } }, false],
  [{ ObjectSizeLessThan: 1_000_000 }, false],
  [{ ObjectSizeGreaterThan: 999_999 }, true],
  [{ And: { Prefix: 'in/', Tags: [{ Key: 'kind', Value: 'raw' }] } }, true],
  [{ And: { Prefix: 'in/', Tags: [{ Key: 'other', Value: 'raw' }] } }, false],
])('a filter takes an object or not: %j', (Filter, isTaken) => {
  const due = dueOfCurrent(lifecycle(rule({ Filter, Expiration: { Days: 1 } })), object, midnight(1))
  expect(due?.expires ?? false).toBe(isTaken)
})

test('a disabled rule does nothing, and a date is a time of its own', () => {
  const disabled = rule({ Status: 'Disabled', Expiration: { Days: 1 } })
  expect(dueOfCurrent(lifecycle(disabled), object, midnight(9))).toBeUndefined()
  const dated = rule({ Expiration: { Date: '2026-11-02T00:00:00.000Z' } })
  expect(dueOfCurrent(lifecycle(dated), object, midnight(0))).toEqual({ expires: true })
})

test('of noncurrent versions the newest stay', () => {
  const keepsTwo = rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } })
  const due = [0, 1, 2, 3].map((newer) => dueOfNoncurrent(lifecycle(keepsTwo), object, midnight(1), newer))
  expect(due).toEqual([undefined, undefined, { expires: true }, { expires: true }])
  expect(dueOfNoncurrent(lifecycle(keepsTwo), object, midnight(0), 3)).toBeUndefined()
})

test('a delete marker that is left and an upload that nobody completes go too', () => {
  const markers = lifecycle(rule({ Expiration: { ExpiredObjectDeleteMarker: true } }))
  expect(isLoneMarkerDue(markers, { ...object, size: 0, tags: {} }, midnight(0))).toBe(true)
  expect(dueOfCurrent(markers, object, midnight(9))).toBeUndefined()
  const uploads = lifecycle(rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }))
  expect([1, 2].map((days) => isUploadDue(uploads, 'a', since, midnight(days)))).toEqual([false, true])
})
