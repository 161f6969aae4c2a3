import type {
  CreateFunctionRequest,
  FileSystemConfig,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda'
import { validation } from '../../protocol/service-error.ts'
import { invalidParameter } from '../requests/errors.ts'
import { checkRuntime } from '../requests/runtimes.ts'
import { checkDescription, lengthWithin, matching, numberWithin, oneOf } from '../requests/validation.ts'
import { checkCreatedSettings } from './created-settings.ts'

const architectures = ['x86_64', 'arm64']
const rolePattern = 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+'
/** Largest memory of a function, in MB, in an account with the default quotas. */
const largestMemory = 10_240
const variablePattern = '[a-zA-Z]([a-zA-Z0-9_])+'
/** Largest sum of environment variables, in bytes of their JSON. */
const largestEnvironment = 4096
/** Variables that Lambda sets itself, and that a function may not change. */
const reservedVariables = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
])

type Settings = CreateFunctionRequest | UpdateFunctionConfigurationRequest

/**
 * Checks the settings that creation and update share.
 *
 * @param isManaged whether the function runs on managed instances, which may have more memory
 * @throws ServiceError 400
 */
export function checkSettings(
  settings: Settings,
  isManaged = settings.CapacityProviderConfig !== undefined,
): void {
  matching(settings.Role, 'role', new RegExp(`^(?:${rolePattern})$`), rolePattern)
  lengthWithin(settings.Handler, 'handler', 0, 128)
  matching(settings.Handler, 'handler', /^\S*$/, '[^\\s]+')
  checkDescription(settings.Description)
  numberWithin(settings.Timeout, 'timeout', 1, 900)
  checkMemory(settings.MemorySize, isManaged)
  numberWithin(settings.EphemeralStorage?.Size, 'ephemeralStorage.size', 512, 10_240)
  checkRuntime(settings.Runtime)
  oneOf(settings.LoggingConfig?.LogFormat, 'loggingConfig.logFormat', ['Text', 'JSON'])
  oneOf(settings.TracingConfig?.Mode, 'tracingConfig.mode', ['Active', 'PassThrough'])
  checkEnvironment(settings.Environment?.Variables)
  checkCreatedSettings(settings)
  for (const fileSystem of settings.FileSystemConfigs ?? []) checkFileSystem(fileSystem)
  checkIds(settings.VpcConfig?.SubnetIds, 'vpcConfig.subnetIds', 'subnet-[0-9a-z]*')
  checkIds(settings.VpcConfig?.SecurityGroupIds, 'vpcConfig.securityGroupIds', 'sg-[0-9a-zA-Z]*')
}

/** Checks the architectures of a new function or a code update. @throws ServiceError 400 */
export function checkArchitectures(given: string[] | undefined): void {
  if (given === undefined) return
  const value = `'[${given.join(', ')}]'`
  if (given.length > 1) {
    throw validation(value, 'architectures', 'Member must have length less than or equal to 1')
  }
  if (given.every((architecture) => architectures.includes(architecture))) return
  throw validation(
    value,
    'architectures',
    `Member must satisfy constraint: [Member must satisfy enum value set: [${architectures.join(', ')}], Member must not be null]`,
  )
}

/** The sandbox does not know whether the ids exist: any id of the right form is accepted. */
function checkIds(ids: string[] | undefined, field: string, pattern: string): void {
  const isId = new RegExp(`^${pattern}$`)
  if (ids === undefined || ids.every((id) => isId.test(id))) return
  throw validation(
    `'[${ids.join(', ')}]'`,
    field,
    `Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: ${pattern}]`,
  )
}

/** The rule comes from the API's model; Lambda's own message for it is unknown. */
function checkFileSystem({ Arn, S3FilesConfig }: FileSystemConfig): void {
  oneOf(S3FilesConfig?.DirectS3Read, 'fileSystemConfigs.member.s3FilesConfig.directS3Read', [
    'ENABLED',
    'DISABLED',
    'AUTO',
  ])
  if (!S3FilesConfig || Arn?.includes(':s3files:')) return
  throw invalidParameter('S3FilesConfig is valid only for access points of Amazon S3 Files.')
}

function checkMemory(size: number | undefined, isManaged: boolean): void {
  numberWithin(size, 'memorySize', 128, 32_768)
  if (size !== undefined && size > largestMemory && !isManaged) {
    throw invalidParameter(
      `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${largestMemory}`,
    )
  }
}

function checkEnvironment(variables: Record<string, string> | undefined): void {
  if (variables === undefined) return
  checkVariables(variables)
  const unable =
    'Lambda was unable to configure your environment variables because the environment variables you have provided'
  const reserved = Object.keys(variables).filter((name) => reservedVariables.has(name))
  if (reserved.length > 0) {
    throw invalidParameter(
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    )
  }
  const measured = JSON.stringify(variables)
  if (Buffer.byteLength(measured) > largestEnvironment) {
    throw invalidParameter(`${unable} exceeded the 4KB limit. String measured: ${measured}`)
  }
}

/** The names follow the API's model. A process can't have a value with a null character. */
function checkVariables(variables: Record<string, string>): void {
  const name = new RegExp(`^${variablePattern}$`)
  for (const [key, value] of Object.entries(variables)) {
    if (!name.test(key)) {
      throw validation(
        `'${key}'`,
        'environment.variables',
        `Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ${variablePattern}]`,
      )
    }
    if (value.includes('\0')) throw invalidParameter(`The value of ${key} has a null character.`)
  }
}
