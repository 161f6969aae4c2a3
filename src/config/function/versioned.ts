import * as z from 'zod'
import { awsDefaults, type GivenSettings } from '../../function/settings/rows.ts'
import type { FileSystem, VpcAttachment } from '../../function/settings/settings.ts'
import { arnOrNull, filledText, text, type Written, wholeNumber } from '../values/fields.ts'
import type { Position } from '../values/position.ts'
import { logsSchema } from './logs.ts'

// Lambda's own pattern. A layer without a version would be another one tomorrow.
const layer = filledText(
  "a layer version's ARN, as in arn:aws:lambda:eu-west-1:123456789012:layer:name:1",
  /^arn:[\w-]+:lambda:(?:[\w-]+:\d{12}:layer:[\w-]+:\d+|::awslayer:[\w-]+)$/,
)

const vpcSchema = z.strictObject({
  subnets: z.array(text("a subnet's id"), 'a list of subnets').optional(),
  securityGroups: z.array(text("a security group's id"), 'a list of security groups').optional(),
  ipv6: z.boolean().optional().describe('Outbound IPv6 in dual-stack subnets. Default: false.'),
})

export const directReads = ['auto', 'enabled', 'disabled'] as const

const fileSystemSchema = z.strictObject({
  arn: text("an access point's ARN, of EFS or S3 Files"),
  path: text('a path below /mnt/', /^\/mnt\/[a-zA-Z0-9._-]+$/).describe(
    'The path of the mount, below /mnt/.',
  ),
  directRead: z
    .enum(directReads)
    .optional()
    .describe(
      'For S3 Files: whether reads go to the bucket itself. Default: auto, from 512 MB of memory on.',
    ),
})

/** The fields that each published version keeps, except the basic ones, as the file writes them. */
export const settingsShape = {
  tracing: z
    .enum(['active', 'pass-through'])
    .optional()
    .describe(`X-Ray tracing. Default: ${awsDefaults.tracing}.`),
  ephemeralStorage: wholeNumber(512, 10_240)
    .optional()
    .describe(`Size of /tmp in MB. Default: ${awsDefaults.ephemeralStorageMb}.`),
  snapStart: z.boolean().optional().describe('Start versions from a snapshot. Default: false.'),
  logs: logsSchema.optional().describe('The format, levels and group of the logs.'),
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

/** The settings that each version keeps, `${…}` filled in; without those of its logs and of its creation. */
export function versionedSettings(fields: Written<typeof settingsShape>, at: Position): GivenSettings {
  const { tracing, ephemeralStorage, snapStart, vpc, fileSystems } = fields
  return {
    tracing,
    ephemeralStorageMb: ephemeralStorage,
    snapStart,
    vpc: vpc === undefined ? undefined : vpcSettings(vpc ?? {}, at.below('vpc')),
    deadLetter: at.fillIfAny(fields.deadLetter, 'deadLetter'),
    fileSystems: fileSystems && fileSystemSettings(fileSystems, at.below('fileSystems')),
    kmsKey: at.fillIfAny(fields.kmsKey, 'kmsKey'),
    sourceKmsKey: at.fillIfAny(fields.sourceKmsKey, 'sourceKmsKey'),
  }
}

function vpcSettings(
  { subnets = [], securityGroups = [], ipv6 = false }: z.output<typeof vpcSchema>,
  at: Position,
): VpcAttachment {
  return {
    subnets: subnets.map((id, index) => at.fill(id, 'subnets', index)),
    securityGroups: securityGroups.map((id, index) => at.fill(id, 'securityGroups', index)),
    ipv6,
  }
}

function fileSystemSettings(
  fileSystems: readonly z.output<typeof fileSystemSchema>[],
  at: Position,
): FileSystem[] {
  return fileSystems.map(({ arn, path, directRead = 'auto' }, index) => ({
    arn: at.fill(arn, index, 'arn'),
    path,
    ...(directRead !== 'auto' && { directRead }),
  }))
}
