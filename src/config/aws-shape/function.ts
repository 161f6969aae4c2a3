import * as z from 'zod'
import { logLevels, retentions, systemLogLevels } from '../function/logs.ts'
import { directReads } from '../function/versioned.ts'
import { text, wholeNumber } from '../values/fields.ts'
import { awsAttachmentShape } from './attachments.ts'
import { awsCreatedShape } from './created.ts'
import { names, seconds } from './fields.ts'

// AWS's names of fields, with values as AWS's API takes them; each is read as ours, so that both meet in one form.

const flag = z.boolean().optional()
const arn = text('an ARN')

/** One of several words, in capitals, read as ours: in small letters. */
function word<const Words extends readonly string[]>(words: Words) {
  const capitals = words.map((each) => each.toUpperCase())
  return z
    .enum(capitals)
    .transform((written) => written.toLowerCase() as Words[number])
    .optional()
}

const retentionExpected = `one of ${retentions.join(', ')}`

const loggingSchema = z.strictObject({
  LogFormat: z
    .enum(['Text', 'JSON'])
    .transform((format) => (format === 'JSON' ? ('json' as const) : ('text' as const)))
    .optional(),
  ApplicationLogLevel: word(logLevels),
  SystemLogLevel: word(systemLogLevels),
  LogGroup: text("a log group's name").optional(),
})

const fileSystemSchema = z
  .strictObject({
    Arn: arn,
    LocalMountPath: text('a path below /mnt/', /^\/mnt\/[a-zA-Z0-9._-]+$/),
    S3FilesConfig: z.strictObject({ DirectS3Read: word(directReads) }).optional(),
  })
  .transform(({ Arn, LocalMountPath, S3FilesConfig }) => ({
    arn: Arn,
    path: LocalMountPath,
    ...(S3FilesConfig?.DirectS3Read && { directRead: S3FilesConfig.DirectS3Read }),
  }))

/**
 * AWS's own names. What is there already as ours is taken over as it is: `same` has the schemas by our names.
 *
 * @param same the schemas of fields whose values are written alike by both names
 */
export function awsShape<Same extends Record<string, z.ZodType>>(same: Same) {
  return {
    FunctionName: same['name'] as Same['name'],
    Description: same['description'] as Same['description'],
    Runtime: same['runtime'] as Same['runtime'],
    Handler: same['handler'] as Same['handler'],
    Role: same['role'] as Same['role'],
    MemorySize: same['memory'] as Same['memory'],
    Layers: same['layers'] as Same['layers'],
    Tags: same['tags'] as Same['tags'],
    Timeout: seconds(1, 900),
    Environment: z.strictObject({ Variables: same['environment'] as Same['environment'] }).optional(),
    Architectures: z
      .array(z.enum(['x86_64', 'arm64']), 'a list with one architecture')
      .length(1, 'a list with one architecture')
      .transform(([architecture]) => architecture)
      .optional(),
    TracingConfig: z
      .strictObject({
        Mode: z
          .enum(['Active', 'PassThrough'])
          .transform((mode) => (mode === 'Active' ? ('active' as const) : ('pass-through' as const)))
          .optional(),
      })
      .optional(),
    EphemeralStorage: z.strictObject({ Size: wholeNumber(512, 10_240).optional() }).optional(),
    SnapStart: z
      .strictObject({
        ApplyOn: z
          .enum(['PublishedVersions', 'None'])
          .transform((on) => on === 'PublishedVersions')
          .optional(),
      })
      .optional(),
    LoggingConfig: loggingSchema.optional(),
    RetentionInDays: z
      .int(retentionExpected)
      .refine((days) => retentions.includes(days), retentionExpected)
      .transform((days) => `${days}d`)
      .optional(),
    VpcConfig: z
      .strictObject({
        SubnetIds: names('subnets'),
        SecurityGroupIds: names('security groups'),
        Ipv6AllowedForDualStack: flag,
      })
      .optional(),
    DeadLetterConfig: z.strictObject({ TargetArn: arn.optional() }).optional(),
    FileSystemConfigs: z.array(fileSystemSchema, 'a list of file systems').optional(),
    KMSKeyArn: arn.optional(),
    ProvisionedConcurrentExecutions: same['provisionedConcurrency'] as Same['provisionedConcurrency'],
    SourceKMSKeyArn: arn.optional(),
    ...awsCreatedShape,
    ...awsAttachmentShape,
  }
}
