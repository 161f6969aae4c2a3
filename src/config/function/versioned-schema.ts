import * as z from 'zod'
import { filledText, text, wholeNumber } from '../values/fields.ts'

const arn = text('an ARN, or null for none')

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
  deadLetter: arn
    .nullable()
    .optional()
    .describe('The ARN of an SQS queue or SNS topic. Left out: as it is; null for none.'),
  fileSystems: z
    .array(fileSystemSchema, 'a list of file systems')
    .optional()
    .describe('Access points of EFS or S3 Files. Left out: as they are; [] removes them.'),
  kmsKey: arn
    .nullable()
    .optional()
    .describe(
      'The ARN of the key that encrypts the environment variables. Left out: as it is; null: AWS’s own.',
    ),
  sourceKmsKey: arn
    .nullable()
    .optional()
    .describe('The ARN of the key that encrypts the package at rest. Left out: as it is; null: AWS’s own.'),
}
