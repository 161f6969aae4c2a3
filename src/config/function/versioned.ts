import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { FieldPath } from '../types.ts'
import { arnOrNull, filledText, text, wholeNumber } from '../values/fields.ts'
import type { Fill } from '../values/interpolate.ts'
import { type CreatedSettings, createdSettings } from './created.ts'

// Lambda's own pattern. A layer without a version would be another one tomorrow.
const layer = filledText(
  "a layer version's ARN, as in arn:aws:lambda:eu-west-1:123456789012:layer:name:1",
  /^arn:[\w-]+:lambda:(?:[\w-]+:\d{12}:layer:[\w-]+:\d+|::awslayer:[\w-]+)$/,
)

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export const systemLogLevels = ['debug', 'info', 'warn'] as const

/** Days that CloudWatch Logs can keep events for, by PutRetentionPolicy's reference. */
export const retentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

const retentionsInDays = retentions.map((days) => `${days}d`)
const retention = z.enum(['never', ...retentionsInDays], `never, or one of ${retentionsInDays.join(', ')}`)

const logsSchema = z.strictObject({
  format: z.enum(['text', 'json']).optional().describe('Default: text.'),
  level: z
    .enum(logLevels)
    .optional()
    .describe('The least level of lines of the function, with format json. Default: info.'),
  systemLevel: z
    .enum(systemLogLevels)
    .optional()
    .describe('The least level of lines of Lambda itself, with format json. Default: info.'),
  group: text("a log group's name").optional().describe('Default: /aws/lambda/<name>.'),
  retention: retention
    .optional()
    .describe(
      'How long the log group keeps its events, as in 30d, or never to keep them for ever. Left out: as it is.',
    ),
})

const vpcSchema = z.strictObject({
  subnets: z.array(text("a subnet's id"), 'a list of subnets').optional(),
  securityGroups: z.array(text("a security group's id"), 'a list of security groups').optional(),
  ipv6: z.boolean().optional().describe('Outbound IPv6 in dual-stack subnets. Default: false.'),
})

export const directReads = ['auto', 'enabled', 'disabled'] as const

const fileSystemSchema = z.strictObject({
  arn: text("an access point's ARN, of EFS or S3 Files"),
  path: text('a path below /mnt/', /^\/mnt\/[a-zA-Z0-9._-]+$/).describe('Where it is mounted, below /mnt/.'),
  directRead: z
    .enum(directReads)
    .optional()
    .describe('Of S3 Files: whether reads go to the bucket itself. Default: auto, from 512 MB of memory on.'),
})

/** The fields that each published version of a function keeps besides its basic settings, as they are written. */
export const settingsShape = {
  tracing: z.enum(['active', 'pass-through']).optional().describe('X-Ray tracing. Default: pass-through.'),
  ephemeralStorage: wholeNumber(512, 10_240).optional().describe('Size of /tmp in MB. Default: 512.'),
  snapStart: z.boolean().optional().describe('Start versions from a snapshot. Default: false.'),
  logs: logsSchema.optional().describe('What is logged, and where to.'),
  logFormat: z.enum(['text', 'json']).optional().describe('The same as logs.format.'),
  layers: z
    .array(layer)
    .max(5, 'at most 5 layers')
    .optional()
    .describe('ARNs, in order. Left out: as they are; [] removes them.'),
  vpc: vpcSchema
    .nullable()
    .optional()
    .describe('Subnets and security groups. Left out: as they are; null leaves the VPC.'),
  deadLetter: arnOrNull.describe('The ARN of an SQS queue or SNS topic. Left out: as it is; null for none.'),
  fileSystems: z
    .array(fileSystemSchema, 'a list of file systems')
    .optional()
    .describe('Access points of EFS or S3 Files. Left out: as they are; [] removes them.'),
  kmsKey: arnOrNull.describe(
    'The ARN of the key that encrypts the environment variables. Left out: as it is; null: AWS’s own.',
  ),
  sourceKmsKey: arnOrNull.describe(
    'The ARN of the key that encrypts the package at rest. Left out: as it is; null: AWS’s own.',
  ),
}

/**
 * Settings that each version keeps besides the basic ones. AWS's own defaults are left out, so that they count in no digest.
 * From `vpc` on they are left as they are where they are absent, and are none where they are empty.
 */
export interface VersionedSettings extends CreatedSettings {
  readonly tracing?: 'active'
  readonly ephemeralStorageMb?: number
  readonly snapStart?: true
  readonly logLevels?: LogLevels
  /** Not `/aws/lambda/<name>`, which is Lambda's default. */
  readonly logGroup?: string
  readonly vpc?: VpcSettings
  /** The ARN of a queue or topic. */
  readonly deadLetter?: string
  readonly fileSystems?: readonly FileSystemSettings[]
  /** The ARN of a key. */
  readonly kmsKey?: string
  /** The ARN of the key for the package. */
  readonly sourceKmsKey?: string
}

export interface FileSystemSettings {
  readonly arn: string
  readonly path: string
  /** Of S3 Files; absent: as Lambda thinks best. */
  readonly directRead?: 'enabled' | 'disabled'
}

export interface LogLevels {
  readonly application: (typeof logLevels)[number]
  readonly system: (typeof systemLogLevels)[number]
}

export interface VpcSettings {
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly ipv6: boolean
}

const defaults = { ephemeralStorageMb: 512, level: 'info' } as const

/** The further settings of a function, `${…}` filled in. */
export function versionedSettings(
  merged: MergedFunction,
  lambdaName: string,
  fill: Fill,
  place: (field: FieldPath) => string,
): VersionedSettings {
  const {
    tracing,
    ephemeralStorage = defaults.ephemeralStorageMb,
    snapStart,
    deadLetter,
    kmsKey,
    sourceKmsKey,
  } = merged.fields
  return {
    ...(tracing === 'active' ? { tracing } : {}),
    ...(ephemeralStorage === defaults.ephemeralStorageMb ? {} : { ephemeralStorageMb: ephemeralStorage }),
    ...(snapStart ? { snapStart } : {}),
    ...logSettings(merged, lambdaName, fill, place),
    ...vpcSettings(merged, fill),
    ...fileSystemSettings(merged, fill),
    ...(deadLetter === undefined
      ? {}
      : { deadLetter: deadLetter === null ? '' : fill(deadLetter, 'deadLetter') }),
    ...(kmsKey === undefined ? {} : { kmsKey: kmsKey === null ? '' : fill(kmsKey, 'kmsKey') }),
    ...(sourceKmsKey === undefined
      ? {}
      : { sourceKmsKey: sourceKmsKey === null ? '' : fill(sourceKmsKey, 'sourceKmsKey') }),
    ...createdSettings(merged, fill, place),
  }
}

type Logs = Pick<VersionedSettings, 'logLevels' | 'logGroup'>

function logSettings(
  { fields: { logs = {} }, origin }: MergedFunction,
  lambdaName: string,
  fill: Fill,
  place: (field: FieldPath) => string,
): Logs {
  const { level = defaults.level, systemLevel = defaults.level } = logs
  const logGroup = logs.group === undefined ? undefined : fill(logs.group, 'logs', 'group')
  const group = logGroup === undefined || logGroup === `/aws/lambda/${lambdaName}` ? {} : { logGroup }
  if (level === defaults.level && systemLevel === defaults.level) return group
  if (logs.format === 'json') return { ...group, logLevels: { application: level, system: systemLevel } }
  const field = ['logs', level === defaults.level ? 'systemLevel' : 'level']
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${place(origin(field))}: expected info, since lines have levels only with logs.format json, got ${level === defaults.level ? systemLevel : level}.`,
  )
}

function vpcSettings({ fields: { vpc } }: MergedFunction, fill: Fill): Pick<VersionedSettings, 'vpc'> {
  if (vpc === undefined) return {}
  const { subnets = [], securityGroups = [], ipv6 = false } = vpc ?? {}
  return {
    vpc: {
      subnets: subnets.map((id, index) => fill(id, 'vpc', 'subnets', index)),
      securityGroups: securityGroups.map((id, index) => fill(id, 'vpc', 'securityGroups', index)),
      ipv6,
    },
  }
}

function fileSystemSettings(
  { fields: { fileSystems } }: MergedFunction,
  fill: Fill,
): Pick<VersionedSettings, 'fileSystems'> {
  if (!fileSystems) return {}
  return {
    fileSystems: fileSystems.map(({ arn, path, directRead = 'auto' }, index) => ({
      arn: fill(arn, 'fileSystems', index, 'arn'),
      path,
      ...(directRead !== 'auto' && { directRead }),
    })),
  }
}
