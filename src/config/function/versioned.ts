import { LambdactlError } from '../../errors/error.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { FieldPath } from '../types.ts'
import type { Fill } from '../values/interpolate.ts'
import { type CreatedSettings, createdSettings } from './created.ts'
import type { logLevels, systemLogLevels } from './versioned-schema.ts'

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
