import type { LifecycleRule } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { readRules } from '../../../../src/sandbox/s3/lifecycle/check-rules.ts'

const rule = (more: Partial<LifecycleRule>): LifecycleRule => ({ Status: 'Enabled', Filter: {}, ...more })
const expiring = { Expiration: { Days: 1 } }
const malformed = 'The XML you provided was not well-formed or did not validate against our published schema'

test.each<[string, Partial<LifecycleRule>]>([
  ['At least one action needs to be specified in a rule', {}],
  [malformed, { ...expiring, Status: 'enabled' as 'Enabled' }],
  [malformed, { ...expiring, Filter: undefined }],
  [malformed, { ...expiring, Filter: { Prefix: 'a', ObjectSizeGreaterThan: 1 } }],
  [malformed, { ...expiring, Filter: { And: { Prefix: 'a' } } }],
  [malformed, { Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }],
  [malformed, { Transitions: [{ Days: 1, StorageClass: 'STANDARD' as 'GLACIER' }] }],
  ["'Date' must be at midnight GMT", { Expiration: { Date: new Date('2026-11-01T01:00:00Z') } }],
  ["'Days' for Expiration action must be a positive integer", { Expiration: { Days: 0 } }],
  [
    "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
    { Transitions: [{ Days: 29, StorageClass: 'STANDARD_IA' }] },
  ],
  [
    "'Days' in the Expiration action for filter '(prefix=in/)' must be greater than 'Days' in the Transition action",
    {
      Filter: { Prefix: 'in/' },
      Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
      Expiration: { Days: 30 },
    },
  ],
  [
    "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '(prefix=)'",
    { Transitions: [{ Days: 1, StorageClass: 'GLACIER' }], Expiration: { Date: new Date('2026-11-01') } },
  ],
  [
    "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '(prefix=)'",
    {
      Transitions: [
        { Days: 1, StorageClass: 'GLACIER' },
        { Days: 2, StorageClass: 'GLACIER' },
      ],
    },
  ],
  [
    'AbortIncompleteMultipartUpload cannot be specified with Tags.',
    {
      Filter: { Tag: { Key: 'a', Value: 'b' } },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
  ],
  [
    "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
    { NoncurrentVersionExpiration: { NoncurrentDays: 0 } },
  ],
  ['ID length should not exceed allowed limit of 255', { ...expiring, ID: 'a'.repeat(256) }],
  [
    "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
    { ...expiring, Filter: { And: { ObjectSizeGreaterThan: 2, ObjectSizeLessThan: 2 } } },
  ],
])('%s', (message, more) => {
  expect(() => readRules([rule(more)])).toThrow(message)
})

test('rules share one form and have ids of their own', () => {
  const old = { Status: 'Enabled', Prefix: 'a', ...expiring } as const
  expect(() => readRules([old, rule(expiring)])).toThrow('Filter element can only be used in Lifecycle V2.')
  expect(() => readRules([rule({ ...expiring, ID: 'a' }), rule({ ...expiring, ID: 'a' })])).toThrow(
    'Rule ID must be unique. Found same ID for more than one rule',
  )
  expect(() => readRules([])).toThrow(malformed)
  expect(readRules([old])[0]?.ID).toHaveLength(48)
})
