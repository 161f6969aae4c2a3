import { expect, test } from 'vitest'
import { addFunctions } from '../../../src/config/adopt/add-functions.ts'
import { resolveFunction } from '../../../src/config/resolve.ts'
import type { FunctionSettings } from '../../../src/function/settings/settings.ts'
import { settingsAsFields } from '../../../src/workflows/adoption/settings-as-fields.ts'
import { settingsChanges, settingsOf } from '../../../src/workflows/settings/settings.ts'
import { configFrom } from '../../config/config-from.ts'

const role = 'arn:aws:iam::123456789012:role/shop'
const plain = {
  runtime: 'nodejs24.x',
  handler: 'index.handler',
  role,
  memoryMb: 128,
  timeoutSeconds: 10,
  environment: {},
  architecture: 'x86_64',
  logFormat: 'text',
  description: '',
} as const

/** The settings that the file says once the fields are in it. */
function readBack(fields: Record<string, unknown>) {
  const place = { service: 'shop', environment: 'prod', environmentFields: { region: 'eu-west-1', role } }
  const added = { name: 'checkout', fields: { source: 'x', ...fields }, override: {} }
  const text = addFunctions(undefined, place, [added])
  return settingsOf(resolveFunction(configFrom(text), 'prod', 'checkout', { variables: {} }))
}

/** As AWS answers it: with all that nobody set. */
const unset: Partial<FunctionSettings> = {
  tracing: 'pass-through',
  ephemeralStorageMb: 512,
  snapStart: false,
  logGroup: '',
  logLevels: { application: 'info', system: 'info' },
  layers: [],
  fileSystems: [],
  vpc: { subnets: [], securityGroups: [], ipv6: false },
  deadLetter: '',
  kmsKey: '',
  sourceKmsKey: '',
  durable: null,
  capacityProvider: null,
  tenancy: 'none',
}

test('what is as it is when nothing is said is left out', () => {
  expect(settingsAsFields({ ...plain, ...unset }, 'shop')).toEqual({
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    bundle: false,
  })
  expect(settingsAsFields({ ...plain, runtime: 'provided.al2023', handler: 'bootstrap' }, 'shop')).toEqual({
    runtime: 'provided.al2023',
  })
})

test.each<FunctionSettings>([
  plain,
  { ...plain, runtime: 'python3.13', handler: 'app.handler', memoryMb: 512, timeoutSeconds: 900 },
  { ...plain, architecture: 'arm64', logFormat: 'json', timeoutSeconds: 3 },
  { ...plain, layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:one:1'], description: '${x}: "y" # z' },
  { ...plain, runtime: 'provided.al2023', handler: 'own.handler' },
  {
    ...plain,
    tracing: 'active',
    ephemeralStorageMb: 2048,
    snapStart: true,
    logGroup: '/shop/all',
    logFormat: 'json',
    logLevels: { application: 'warn', system: 'debug' },
    vpc: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'], ipv6: true },
    deadLetter: 'arn:aws:sqs:eu-west-1:123456789012:dead',
    fileSystems: [{ arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/a', path: '/mnt/a' }],
    kmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/a',
  },
  {
    ...plain,
    fileSystems: [
      {
        arn: 'arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1/access-point/a',
        path: '/mnt/a',
        directRead: 'enabled',
      },
    ],
    sourceKmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/p',
    durable: {
      timeoutSeconds: 86_461,
      retentionDays: 14,
      kmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/d',
    },
    tenancy: 'per-tenant',
  },
  {
    ...plain,
    logFormat: 'text',
    memoryMb: 16_384,
    capacityProvider: {
      arn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:c',
      concurrency: 16,
      memoryGibPerCpu: 2.5,
    },
  },
  {
    ...plain,
    environment: {
      NUMBER: '012',
      YES: 'yes',
      EMPTY: '',
      LINES: 'one\n two\n\n',
      BRACES: '${env} $${env:NAME} ${a ${b} } $${open ${open',
      QUOTES: `'"\\`,
      JSON: '{"a": [1, null]}',
      LONG: 'long '.repeat(100),
      UNICODE: '💸\u0007',
    },
  },
])('settings are read back from the file as they were: %#', (settings) => {
  const written = settingsAsFields(settings, 'shop')
  expect(readBack(written)).toEqual(settings)
  expect(settingsChanges(settings, readBack(written))).toBeUndefined()
})
