import { createHash } from 'node:crypto'
import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  LoggingConfig,
  UpdateFunctionConfigurationRequest,
  VpcConfig,
  VpcConfigResponse,
} from '@aws-sdk/client-lambda'
import { partitionOf } from '../../../function/values/partition.ts'
import type { StoredCode } from '../code/code-store.ts'
import type { FunctionVersion } from '../records/records.ts'
import { invalidParameter } from '../requests/errors.ts'
import { omit } from '../requests/omit.ts'
import { createdSettings } from './created-settings.ts'

type Settings = CreateFunctionRequest | UpdateFunctionConfigurationRequest

/** The configuration of a new function, with Lambda's defaults. */
export function initialConfiguration(
  input: CreateFunctionRequest,
  identity: { name: string; arn: string; region: string },
): FunctionConfiguration {
  const defaults: FunctionConfiguration = {
    FunctionName: identity.name,
    FunctionArn: identity.arn,
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    PackageType: input.PackageType ?? 'Zip',
    Architectures: input.Architectures ?? ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${identity.name}` },
  }
  return {
    ...defaults,
    ...changedSettings(defaults, input, identity.region),
    ...imageSettings({}, input),
    ...createdSettings(input),
  }
}

/** The members of a configuration that a request changes; the others stay. */
export function changedSettings(
  current: FunctionConfiguration,
  input: Settings,
  region: string,
): FunctionConfiguration {
  const { Runtime, LoggingConfig, SnapStart, VpcConfig, Environment } = input
  const plain = {
    Role: input.Role,
    Handler: input.Handler,
    Description: input.Description,
    Timeout: input.Timeout,
    MemorySize: input.MemorySize,
    DeadLetterConfig: input.DeadLetterConfig,
    KMSKeyArn: input.KMSKeyArn,
    TracingConfig: input.TracingConfig,
    EphemeralStorage: input.EphemeralStorage,
    FileSystemConfigs: input.FileSystemConfigs,
    Runtime,
    RuntimeVersionConfig: Runtime && { RuntimeVersionArn: runtimeVersionArn(region, Runtime) },
    Environment: Environment && { Variables: Environment.Variables ?? {} },
    VpcConfig: VpcConfig && network(VpcConfig),
    SnapStart: SnapStart?.ApplyOn && { ApplyOn: SnapStart.ApplyOn, OptimizationStatus: 'Off' as const },
    LoggingConfig: LoggingConfig && logging(current.LoggingConfig, LoggingConfig),
  }
  return withoutUndefined(plain)
}

/** The image's settings after a request; empty ones are none. */
export function imageSettings(
  { ImageConfigResponse: current }: FunctionConfiguration,
  { ImageConfig: given }: Settings,
): Pick<FunctionConfiguration, 'ImageConfigResponse'> {
  const next = given ? { ImageConfig: given } : current
  return next?.ImageConfig && Object.keys(next.ImageConfig).length > 0 ? { ImageConfigResponse: next } : {}
}

/** The members that describe a package. */
export function codeMembers(code: StoredCode): Pick<FunctionConfiguration, 'CodeSha256' | 'CodeSize'> {
  return { CodeSha256: code.sha256, CodeSize: code.size }
}

/**
 * Returns the fingerprint that decides whether `$LATEST` changed since a version was published. It covers everything
 * except state, revision and time.
 */
export function fingerprint({ configuration, code: { kmsKey } }: FunctionVersion): string {
  const rest = omit(withoutState(configuration), 'RevisionId', 'LastModified')
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(kmsKey === undefined ? rest : { ...rest, kmsKey })))
    .digest('hex')
}

/** A configuration without its state and the state of its last update. */
export function withoutState(configuration: FunctionConfiguration): FunctionConfiguration {
  return omit(
    configuration,
    'State',
    'StateReason',
    'StateReasonCode',
    'LastUpdateStatus',
    'LastUpdateStatusReason',
    'LastUpdateStatusReasonCode',
  )
}

/** All subnets are of one network, since the sandbox has no EC2; without subnets there is no network. */
function network(given: VpcConfig): VpcConfigResponse {
  const VpcId = given.SubnetIds?.length ? 'vpc-0123456789abcdef0' : ''
  return { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false, ...given, VpcId }
}

/** @throws ServiceError 400 for levels of plain text */
function logging(current: LoggingConfig | undefined, change: LoggingConfig): LoggingConfig {
  const merged = { ...current, ...withoutUndefined(change) }
  if (merged.LogFormat !== 'JSON' && (change.ApplicationLogLevel || change.SystemLogLevel)) {
    throw invalidParameter(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "Json" and try again.',
    )
  }
  if (merged.LogFormat !== 'JSON') return { LogFormat: 'Text', LogGroup: merged.LogGroup }
  return { ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', ...merged }
}

function runtimeVersionArn(region: string, runtime: string): string {
  return `arn:${partitionOf(region)}:lambda:${region}::runtime:${createHash('sha256').update(runtime).digest('hex')}`
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sortKeys(v)]),
  )
}
