import { mapOf } from '../../json.ts'
import { count, days, field, members, nested, seconds, small, text, texts, word } from '../forms.ts'
import type { Counterpart } from '../take.ts'

const ofVersions = 'lambdactl publishes the versions'
/** Read by others, or without a meaning for a release. */
const elsewhere = ''
const runtimeModes = word({ auto: 'auto', onFunctionUpdate: 'function-update', manual: 'manual' })

/** The properties that belong to the function or its alias, and to no version. */
export const ofNoVersion: ReadonlySet<string> = new Set([
  'destinations',
  'image',
  'logRetentionInDays',
  'maximumEventAge',
  'maximumRetryAttempts',
  'package',
  'provisionedConcurrency',
  'recursiveLoop',
  'reservedConcurrency',
  'runtimeManagement',
  'tags',
])

/** The counterpart of each property of a function in serverless.yml, those of `provider` among them. */
export const serverlessProperties: Readonly<Record<string, Counterpart>> = {
  architecture: field('architecture', text),
  awsKmsKeyArn: field('kmsKey', text),
  condition: 'a function is in lambdactl.yaml or not',
  dependsOn: elsewhere,
  description: field('description', text),
  destinations: members({ onSuccess: ['onSuccess', destination], onFailure: ['onFailure', destination] }),
  disableLogs: 'lambdactl makes a log group only for logs.retention',
  durableConfig: nested('durable', {
    executionTimeout: ['timeout', seconds],
    retentionPeriodInDays: ['retention', days],
  }),
  environment: elsewhere,
  ephemeralStorageSize: field('ephemeralStorage', count),
  events: elsewhere,
  fileSystemConfig: field('fileSystems', (value) => {
    const system = members({ arn: ['arn', text], localMountPath: ['path', text] })(value)
    return system && [system]
  }),
  handler: field('handler', text),
  image: elsewhere,
  kmsKeyArn: field('kmsKey', text),
  layers: field('layers', texts),
  logRetentionInDays: field('logs.retention', days),
  logs: members({
    logFormat: ['logs.format', word({ Text: 'text', JSON: 'json' })],
    applicationLogLevel: ['logs.level', small],
    systemLogLevel: ['logs.systemLevel', small],
    logGroup: ['logs.group', text],
  }),
  maximumEventAge: field('maximumAge', seconds),
  maximumRetryAttempts: field('retries', count),
  memorySize: field('memory', count),
  name: elsewhere,
  onError: field('deadLetter', text),
  package: elsewhere,
  provisionedConcurrency: field('provisionedConcurrency', count),
  recursiveLoop: field('recursion', word({ Allow: 'allow', Terminate: 'terminate' })),
  reservedConcurrency: field('reservedConcurrency', count),
  role: field('role', (value) => (text(value)?.startsWith('arn:') ? value : undefined)),
  runtime: field('runtime', text),
  runtimeManagement: (value) => {
    const { mode = value, arn } = mapOf(value)
    const on = runtimeModes(mode)
    return on === undefined
      ? undefined
      : { runtimeUpdates: { on, ...(arn !== undefined && { version: arn }) } }
  },
  snapStart: field('snapStart', flag),
  tags: elsewhere,
  timeout: field('timeout', seconds),
  tracing: (value) =>
    field(
      'tracing',
      word({ true: 'active', false: 'pass-through', Active: 'active', PassThrough: 'pass-through' }),
    )(String(value)),
  url: 'url makes a URL of the alias, which has another address',
  versionFunction: ofVersions,
  vpc: elsewhere,
}

/** The properties of `vpc`. */
export const takenVpc = nested('vpc', {
  subnetIds: ['subnets', texts],
  securityGroupIds: ['securityGroups', texts],
  ipv6AllowedForDualStack: ['ipv6', flag],
})

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** A text without `arn:` names a function of the service. */
function destination(value: unknown): string | undefined {
  const arn = text(value) ?? text(mapOf(value)['arn'])
  return arn?.startsWith('arn:') ? arn : undefined
}
