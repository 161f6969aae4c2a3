import { expect, test } from 'vitest'
import { packageDigest } from '../../../src/packaging/model/digest.ts'
import {
  identityOf,
  settingsAfter,
  settingsChanges,
  settingsOf,
} from '../../../src/workflows/settings/settings.ts'
import { readyFunction } from '../fake-functions.ts'
import { service } from '../service.ts'

const { layers: _, ...basic } = readyFunction('shop').settings
const current = {
  ...basic,
  layers: ['one'],
  tracing: 'pass-through',
  ephemeralStorageMb: 512,
  snapStart: false,
  logLevels: { application: 'info', system: 'info' },
  logGroup: '',
  vpc: { subnets: ['a', 'b'], securityGroups: ['g'], ipv6: false },
  deadLetter: 'queue',
  fileSystems: [{ arn: 'f', path: '/mnt/f' }],
  kmsKey: 'key',
} as const

test('what the file leaves out of the groups that others may have set up is left as it is', () => {
  expect(settingsChanges(current, basic)).toBeUndefined()
})

test('what AWS has a default for goes back to it when the file leaves it out', () => {
  const changed = { ...current, tracing: 'active', ephemeralStorageMb: 1024, snapStart: true } as const
  expect(settingsChanges(changed, basic)).toEqual({
    tracing: 'pass-through',
    ephemeralStorageMb: 512,
    snapStart: false,
  })
})

test('only what differs is updated; the settings of logs go together, since AWS takes them as one', () => {
  expect(settingsChanges(current, { ...basic, memoryMb: 256 })).toEqual({ memoryMb: 256 })
  expect(settingsChanges(current, { ...basic, logFormat: 'json' })).toEqual({
    logFormat: 'json',
    logLevels: { application: 'info', system: 'info' },
    logGroup: '',
  })
})

test('empty groups take away what is there, and the order of subnets says nothing', () => {
  const nothing = {
    layers: [],
    vpc: { subnets: [], securityGroups: [], ipv6: false },
    deadLetter: '',
    fileSystems: [],
    kmsKey: '',
  }
  expect(settingsChanges(current, { ...basic, ...nothing })).toEqual(nothing)
  const vpc = { subnets: ['b', 'a'], securityGroups: ['g'], ipv6: false }
  expect(settingsChanges(current, { ...basic, vpc })).toBeUndefined()
})

test('what a durable function and managed instances have stays where the file leaves it out', () => {
  const durable = { timeoutSeconds: 60, retentionDays: 14, kmsKey: 'key' }
  const capacityProvider = { arn: 'cp', concurrency: 16, memoryGibPerCpu: 2 }
  const has = { ...current, durable, capacityProvider }
  expect(settingsChanges(has, basic)).toBeUndefined()
  const wanted = { ...basic, durable: { timeoutSeconds: 60 }, capacityProvider: { arn: 'cp' } }
  expect(settingsChanges(has, wanted)).toBeUndefined()
  expect(settingsChanges(has, { ...wanted, durable: { timeoutSeconds: 90, kmsKey: '' } })).toEqual({
    durable: { timeoutSeconds: 90, retentionDays: 14, kmsKey: '' },
  })
  expect(settingsChanges(has, { ...wanted, capacityProvider: { arn: 'cp', concurrency: 4 } })).toEqual({
    capacityProvider: { arn: 'cp', concurrency: 4, memoryGibPerCpu: 2 },
  })
})

test("the package's key goes with the code, and not with the configuration", () => {
  const wanted = { ...basic, sourceKmsKey: 'key' }
  expect(settingsChanges(current, wanted)).toBeUndefined()
  expect(settingsAfter(current, wanted)).toMatchObject({ sourceKmsKey: 'key' })
  expect(settingsAfter({ ...current, sourceKmsKey: 'key' }, basic)).toMatchObject({ sourceKmsKey: 'key' })
})

test('a function that uses none of the newer settings keeps the digest that it always had', async () => {
  await using made = await service()
  const digest = packageDigest([], identityOf(settingsOf(made.fn)))
  const { runtime, handler, role, memoryMb, timeoutSeconds, environment, architecture } = made.fn
  const always = { runtime, handler, role, memoryMb, timeoutSeconds, environment, architecture }
  const more = { logFormat: 'json', layers: [], description: '' }
  expect(digest).toBe(packageDigest([], { ...always, ...more }))
})

test('any setting that is not the default counts in the digest, and so does one that is taken away', () => {
  const digestOf = (settings: object) => packageDigest([], identityOf({ ...basic, ...settings }))
  const digests = [{}, { layers: ['one'] }, { tracing: 'active' }, { deadLetter: '' }, { kmsKey: 'k' }]
  expect(new Set(digests.map(digestOf)).size).toBe(digests.length)
})
