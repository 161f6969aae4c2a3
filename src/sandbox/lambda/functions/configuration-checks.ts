import type {
  CreateFunctionRequest,
  FileSystemConfig,
  FunctionConfiguration,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda'
import { validation } from '../../protocol/service-error.ts'
import { invalidParameter } from '../requests/errors.ts'
import { checkRuntime } from '../requests/runtimes.ts'

/** Largest memory of a function, in MB, in an account with the default quotas. */
const largestMemory = 10_240
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

/** Runtimes that SnapStart knows: from Java 11, Python 3.12 and .NET 8 on. */
const snapshotRuntimes = /^(?:java(?:1[1-9]|[2-9]\d)|python3\.(?:1[2-9]|[2-9]\d)|dotnet(?:[89]|[1-9]\d))$/

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
  checkMemory(settings.MemorySize, isManaged)
  checkRuntime(settings.Runtime)
  checkEnvironment(settings.Environment?.Variables)
  for (const fileSystem of settings.FileSystemConfigs ?? []) checkFileSystem(fileSystem)
  checkIds(settings.VpcConfig?.SubnetIds, 'vpcConfig.subnetIds', 'subnet-[0-9a-z]*')
  checkIds(settings.VpcConfig?.SecurityGroupIds, 'vpcConfig.securityGroupIds', 'sg-[0-9a-zA-Z]*')
}

/**
 * Checks settings that depend on each other, some of which the function may have had before.
 *
 * @throws ServiceError 400
 */
export function checkCombination(
  settings: Pick<
    CreateFunctionRequest | FunctionConfiguration,
    'Runtime' | 'SnapStart' | 'FileSystemConfigs' | 'VpcConfig'
  >,
): void {
  const { Runtime, SnapStart, FileSystemConfigs = [], VpcConfig } = settings
  if (SnapStart?.ApplyOn === 'PublishedVersions' && Runtime && !snapshotRuntimes.test(Runtime)) {
    throw invalidParameter(`${Runtime} is not supported for SnapStart enabled functions.`)
  }
  const mounted = FileSystemConfigs.find(({ Arn }) => Arn?.split(':')[2] === 'elasticfilesystem')
  if (mounted && !VpcConfig?.SubnetIds?.length) {
    throw invalidParameter(
      `Function must be configured to execute in a VPC to reference access point ${mounted.Arn}.`,
    )
  }
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
  if (!S3FilesConfig || Arn?.includes(':s3files:')) return
  throw invalidParameter('S3FilesConfig is valid only for access points of Amazon S3 Files.')
}

function checkMemory(size: number | undefined, isManaged: boolean): void {
  if (size !== undefined && size > largestMemory && !isManaged) {
    throw invalidParameter(
      `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${largestMemory}`,
    )
  }
}

function checkEnvironment(variables: Record<string, string> | undefined): void {
  if (variables === undefined) return
  const unusable = Object.entries(variables).find(([, value]) => value.includes('\0'))
  // A process can't have such a variable.
  if (unusable) throw invalidParameter(`The value of ${unusable[0]} has a null character.`)
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
