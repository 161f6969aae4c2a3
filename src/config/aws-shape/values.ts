import * as z from 'zod'
import { logLevels, retentions, systemLogLevels } from '../function/logs.ts'
import { directReads } from '../function/versioned.ts'
import { text, wholeNumber } from '../values/fields.ts'

const arn = text('an ARN')
const texts = z.array(text('text in quotes'))
const architectureExpected = 'a list with one architecture'
const retentionExpected = `one of ${retentions.join(', ')}`

const fileSystem = z
  .strictObject({
    Arn: arn,
    LocalMountPath: text('a path below /mnt/', /^\/mnt\/[a-zA-Z0-9._-]+$/),
    S3FilesConfig: z.strictObject({ DirectS3Read: capitals(directReads).optional() }).optional(),
  })
  .transform(({ Arn, LocalMountPath, S3FilesConfig }) => ({
    arn: Arn,
    path: LocalMountPath,
    ...(S3FilesConfig?.DirectS3Read && { directRead: S3FilesConfig.DirectS3Read }),
  }))

/**
 * Fields by AWS's names whose values have another form in AWS's API than in the file, or are never null. Each is
 * converted to lambdactl's form.
 */
export const awsValues: Readonly<Record<string, z.ZodType>> = {
  Timeout: seconds(1, 900),
  Architectures: z
    .array(z.enum(['x86_64', 'arm64']), architectureExpected)
    .length(1, architectureExpected)
    .transform(([architecture]) => architecture),
  'TracingConfig.Mode': words({ Active: 'active', PassThrough: 'pass-through' }),
  'SnapStart.ApplyOn': words({ PublishedVersions: true, None: false }),
  'LoggingConfig.LogFormat': words({ Text: 'text', JSON: 'json' }),
  'LoggingConfig.ApplicationLogLevel': capitals(logLevels),
  'LoggingConfig.SystemLogLevel': capitals(systemLogLevels),
  'DeadLetterConfig.TargetArn': arn,
  FileSystemConfigs: z.array(fileSystem, 'a list of file systems'),
  KMSKeyArn: arn,
  SourceKMSKeyArn: arn,
  'Code.SourceKMSKeyArn': arn,
  'Code.ImageUri': text("an image's URI with its digest"),
  'ImageConfig.Command': texts,
  'ImageConfig.EntryPoint': texts,
  'ImageConfig.WorkingDirectory': text('a folder of the image'),
  'DurableConfig.ExecutionTimeout': seconds(1, 31_622_400),
  'DurableConfig.RetentionPeriodInDays': wholeNumber(1, 90).transform(inDays),
  'DurableConfig.KMSKeyArn': arn,
  'TenancyConfig.TenantIsolationMode': words({ PER_TENANT: 'per-tenant' }),
  RetentionInDays: z
    .int(retentionExpected)
    .refine((days) => retentions.includes(days), retentionExpected)
    .transform(inDays),
  MaximumEventAgeInSeconds: seconds(60, 21_600),
  'DestinationConfig.OnSuccess.Destination': arn,
  'DestinationConfig.OnFailure.Destination': arn,
  'FunctionUrlConfig.AuthType': words({ AWS_IAM: 'iam', NONE: 'none' }),
  'FunctionUrlConfig.InvokeMode': words({ BUFFERED: 'buffered', RESPONSE_STREAM: 'stream' }),
  'FunctionUrlConfig.Cors.MaxAge': seconds(0, 86_400),
  ReservedConcurrentExecutions: wholeNumber(0, 1_000_000),
  CodeSigningConfigArn: arn,
  RecursiveLoop: words({ Terminate: 'terminate', Allow: 'allow' }),
  'RuntimeManagementConfig.UpdateRuntimeOn': words({
    Auto: 'auto',
    FunctionUpdate: 'function-update',
    Manual: 'manual',
  }),
}

/** AWS's words with lambdactl's. */
function words<Ours>(ours: Readonly<Record<string, Ours>>) {
  return z.enum(Object.keys(ours)).transform((word) => ours[word] as Ours)
}

/** AWS's words that are lambdactl's in capitals. */
function capitals(ours: readonly string[]) {
  return words(Object.fromEntries(ours.map((word) => [word.toUpperCase(), word])))
}

/** A number of seconds, converted to milliseconds like a duration. */
function seconds(least: number, most: number) {
  return wholeNumber(least, most).transform((count) => count * 1000)
}

function inDays(days: number): string {
  return `${days}d`
}
