import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { overrideLines } from '../../../src/config/file/override-lines.ts'
import { parseConfig } from '../../../src/config/parse.ts'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { nothingRead } from '../../../src/config/values/references.ts'
import type { FunctionSettings } from '../../../src/function/settings/settings.ts'
import { functionChanges } from '../../../src/release/changes/configuration-changes.ts'
import { keptFields } from '../../../src/workflows/candidate/kept-fields.ts'
import { settingsAfter, settingsOf } from '../../../src/workflows/settings/settings.ts'

const arn = (service: string, rest: string) =>
  `arn:aws:${service}:${service === 'iam' ? '' : 'eu-west-1'}:123456789012:${rest}`

const file = {
  service: 'shop',
  functions: {
    checkout: {
      source: '.',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      description: 'takes orders',
      memory: 256,
      environment: { TABLE: 'orders' },
    },
  },
  environments: { prod: { role: arn('iam', 'role/shop') } },
}

function settingsBy(text: string): FunctionSettings {
  const config = parseConfig(text, { path: '/shop/lambdactl.yaml', shownAs: 'lambdactl.yaml' })
  const variables = { ADDED: '1', TABLE: 'carts' }
  return settingsOf(resolveFunction(config, 'prod', 'checkout', { variables, readReference: nothingRead }))
}

/** The file with the lines that a person was told to write into it. */
function withLines(lines: readonly string[]): string {
  const { environments } = parse(lines.join('\n')) as typeof file
  return JSON.stringify({
    ...file,
    environments: { prod: { ...file.environments.prod, ...environments.prod } },
  })
}

const byHand: Partial<FunctionSettings>[] = [
  { runtime: 'nodejs22.x' },
  { handler: 'index.other' },
  { role: arn('iam', 'role/other') },
  { memoryMb: 128 },
  { timeoutSeconds: 90 },
  { environment: { TABLE: 'carts', ADDED: '1' } },
  { environment: {} },
  { architecture: 'arm64' },
  { logFormat: 'json' },
  { logFormat: 'json', logLevels: { application: 'debug', system: 'warn' } },
  { logGroup: '/shop/all' },
  { layers: [arn('lambda', 'layer:tools:1')] },
  { description: 'costs ${5} and # more' },
  { description: '' },
  { tracing: 'active' },
  { ephemeralStorageMb: 1024 },
  { snapStart: true },
  { vpc: { subnets: ['subnet-1'], securityGroups: ['sg-1'], ipv6: true } },
  { deadLetter: arn('sqs', 'dead') },
  { fileSystems: [{ arn: arn('elasticfilesystem', 'access-point/a'), path: '/mnt/a' }] },
  { kmsKey: arn('kms', 'key/a') },
  { sourceKmsKey: arn('kms', 'key/b') },
]

test.each(byHand)('the lines for %o keep it: a deploy has nothing to change any more', (change) => {
  const before = settingsBy(JSON.stringify(file))
  const now = { ...before, ...change }
  const changed = functionChanges(before, now)
  const lines = overrideLines('prod', 'checkout', keptFields(now, 'shop-checkout-prod', changed))
  const wanted = settingsBy(withLines(lines))
  expect(functionChanges(now, settingsAfter(now, wanted))).toEqual([])
})

test('the lines are those of the one environment, and no value of a variable is in them', () => {
  const before = settingsBy(JSON.stringify(file))
  const now: FunctionSettings = { ...before, timeoutSeconds: 30, environment: { ADDED: 'hush' } }
  const fields = keptFields(now, 'shop-checkout-prod', functionChanges(before, now))
  expect(overrideLines('prod', 'checkout', fields)).toEqual([
    'environments:',
    '  prod:',
    '    functions:',
    '      checkout:',
    '        timeout: 30s',
    '        environment:',
    '          ADDED: ${env:ADDED}',
    '          TABLE: null',
  ])
})

test('what has been taken away by hand is kept away', () => {
  const none: FunctionSettings = { ...settingsBy(JSON.stringify(file)), layers: [], logGroup: '' }
  const before = {
    ...none,
    layers: ['layer'],
    logGroup: '/shop/all',
    vpc: { subnets: ['subnet-1'], securityGroups: [], ipv6: false },
    deadLetter: 'queue',
    fileSystems: [{ arn: 'files', path: '/mnt/a' }],
    kmsKey: 'one',
    sourceKmsKey: 'two',
  }
  expect(keptFields(none, 'shop-checkout-prod', functionChanges(before, none))).toEqual({
    layers: [],
    logs: { group: '/aws/lambda/shop-checkout-prod' },
    vpc: null,
    deadLetter: null,
    fileSystems: [],
    kmsKey: null,
    sourceKmsKey: null,
  })
})
