import { expect, test } from 'vitest'
import { packageDigest } from '../../../src/packaging/model/digest.ts'
import {
  configurationChanges,
  configurationFacts,
  type VersionConfiguration,
} from '../../../src/release/changes/configuration-changes.ts'

const configuration: VersionConfiguration = {
  runtime: 'nodejs24.x',
  handler: 'index.handler',
  role: 'arn:aws:iam::123456789012:role/shop',
  memoryMb: 512,
  timeoutSeconds: 10,
  environment: { TABLE: 'orders', KEY: 'hush' },
  architecture: 'arm64',
  logFormat: 'json',
  layers: ['one', 'two'],
}

function changes(to: Partial<VersionConfiguration>) {
  return configurationChanges(configuration, { ...configuration, ...to })
}

test('nothing differs where all is the same, in whatever order the variables are', () => {
  expect(changes({ environment: { KEY: 'hush', TABLE: 'orders' }, layers: ['one', 'two'] })).toEqual([])
})

test.each([
  ['runtime', { runtime: 'nodejs22.x' }, 'nodejs24.x', 'nodejs22.x'],
  ['handler', { handler: 'app.handler' }, 'index.handler', 'app.handler'],
  ['memory', { memoryMb: 128 }, 512, 128],
  ['timeout', { timeoutSeconds: 3 }, 10, 3],
  ['role', { role: 'arn:other' }, configuration.role, 'arn:other'],
  ['architecture', { architecture: 'x86_64' }, 'arm64', 'x86_64'],
  ['logFormat', { logFormat: 'text' }, 'json', 'text'],
  ['layers', { layers: ['two', 'one'] }, ['one', 'two'], ['two', 'one']],
] as const)('%s that differs is named with both', (field, to, before, after) => {
  expect(changes(to as Partial<VersionConfiguration>)).toEqual([{ field, from: before, to: after }])
})

const vpc = { subnets: ['s-2', 's-1'], securityGroups: ['g'], ipv6: true }
const complete: VersionConfiguration = {
  ...configuration,
  tracing: 'active',
  ephemeralStorageMb: 1024,
  snapStart: true,
  logLevels: { application: 'debug', system: 'info' },
  logGroup: 'all',
  vpc,
  deadLetter: 'queue',
  fileSystems: [
    { arn: 'f', path: '/mnt/f' },
    { arn: 's3', path: '/mnt/s3', directRead: 'disabled' },
  ],
  kmsKey: 'key',
  sourceKmsKey: 'code',
  image: { command: ['a.b'], entryPoint: ['/sh', '-c'], workingDirectory: '/app' },
  durable: { timeoutSeconds: 5400, retentionDays: 7, kmsKey: 'data' },
  capacityProvider: { arn: 'cp', concurrency: 4, memoryGibPerCpu: 2.5 },
  tenancy: 'per-tenant',
}

test('further settings that differ are named as the file has them, and what was not read is as AWS has it', () => {
  expect(configurationChanges(configuration, complete)).toEqual([
    { field: 'tracing', from: 'pass-through', to: 'active' },
    { field: 'ephemeralStorage', from: 512, to: 1024 },
    { field: 'snapStart', from: 'off', to: 'on' },
    { field: 'logs.level', from: 'info', to: 'debug' },
    { field: 'logs.group', from: '', to: 'all' },
    { field: 'vpc', from: [], to: ['s-1', 's-2', 'g', 'ipv6'] },
    { field: 'deadLetter', from: '', to: 'queue' },
    { field: 'fileSystems', from: [], to: ['f at /mnt/f', 's3 at /mnt/s3, direct reads disabled'] },
    { field: 'kmsKey', from: '', to: 'key' },
    { field: 'sourceKmsKey', from: '', to: 'code' },
    { field: 'image.command', from: [], to: ['a.b'] },
    { field: 'image.entryPoint', from: [], to: ['/sh', '-c'] },
    { field: 'image.workingDirectory', from: '', to: '/app' },
    { field: 'durable', from: [], to: ['timeout 1h30m', 'retention 7d', 'key data'] },
    { field: 'capacityProvider', from: [], to: ['cp', 'concurrency 4', '2.5 GiB per vCPU'] },
    { field: 'tenancy', from: '', to: 'per-tenant' },
  ])
  expect(configurationChanges(complete, { ...complete, vpc: { ...vpc, subnets: ['s-1', 's-2'] } })).toEqual(
    [],
  )
  const unset = { durable: null, capacityProvider: null, tenancy: 'none', sourceKmsKey: '' } as const
  expect(configurationChanges(configuration, { ...configuration, ...unset })).toEqual([])
})

test('variables are named, never their values', () => {
  const found = configurationChanges(
    { ...configuration, environment: { TABLE: 'orders', KEY: 'hush', toString: 'x' } },
    { ...configuration, environment: { TABLE: 'orders', KEY: 'hush hush', QUEUE: '' } },
  )
  expect(found).toEqual([
    { field: 'environment', name: 'KEY', change: 'changed' },
    { field: 'environment', name: 'QUEUE', change: 'added' },
    { field: 'environment', name: 'toString', change: 'removed' },
  ])
  expect(JSON.stringify(found)).not.toMatch(/hush|orders/)
})

test.each([
  [
    'a plain configuration',
    configuration,
    'd00b0056d43385f59a9697172814a147d7a0864bdf159ed1220d55a77a31b333',
  ],
  ['one of everything', complete, 'ccb0976cd039fea40076d6796482ac95465558b8b8d15f0dd39f7323a4152bcf'],
])(
  '%s has the fingerprint that journals have of it: else it would count as changed by hand',
  (_, of, before) => {
    expect(packageDigest([], configurationFacts(of))).toBe(before)
  },
)
