import type {
  ApplicationLogLevel,
  FunctionCodeLocation,
  FunctionConfiguration,
  LoggingConfig,
  Runtime,
  SystemLogLevel,
  VpcConfigResponse,
} from '@aws-sdk/client-lambda'
import { awsDefaults } from '../../function/settings/rows.ts'
import type { FunctionSettings, ImageStart, VpcAttachment } from '../../function/settings/settings.ts'
import type { FunctionState, PublishedVersion } from '../../ports/functions.ts'
import { toCapacityProviderConfig, toCreatedSettings, toDurableConfig } from './created-settings.ts'
import { toFileSystem, toFileSystemConfig } from './file-systems.ts'

/** Settings in the form of CreateFunction and UpdateFunctionConfiguration; absent ones are not sent. */
export function toConfiguration(name: string, settings: Partial<FunctionSettings>) {
  const { runtime, environment, layers, tracing, ephemeralStorageMb, snapStart, deadLetter } = settings
  return present({
    // Lambda refuses these for an image, which contains them.
    Runtime: (runtime || undefined) as Runtime | undefined,
    Handler: settings.handler || undefined,
    ImageConfig: settings.image && toImageConfig(settings.image),
    Role: settings.role,
    MemorySize: settings.memoryMb,
    Timeout: settings.timeoutSeconds,
    Environment: environment && { Variables: { ...environment } },
    Layers: layers && [...layers],
    Description: settings.description,
    LoggingConfig: toLogging(name, settings),
    TracingConfig: tracing && { Mode: tracing === 'active' ? ('Active' as const) : ('PassThrough' as const) },
    EphemeralStorage: ephemeralStorageMb === undefined ? undefined : { Size: ephemeralStorageMb },
    SnapStart:
      snapStart === undefined
        ? undefined
        : { ApplyOn: snapStart ? ('PublishedVersions' as const) : ('None' as const) },
    VpcConfig: settings.vpc && {
      SubnetIds: [...settings.vpc.subnets],
      SecurityGroupIds: [...settings.vpc.securityGroups],
      Ipv6AllowedForDualStack: settings.vpc.ipv6,
    },
    DeadLetterConfig: deadLetter === undefined ? undefined : { TargetArn: deadLetter },
    FileSystemConfigs: settings.fileSystems?.map(toFileSystemConfig),
    KMSKeyArn: settings.kmsKey,
    DurableConfig: settings.durable ? toDurableConfig(settings.durable) : undefined,
    CapacityProviderConfig: settings.capacityProvider
      ? toCapacityProviderConfig(settings.capacityProvider)
      : undefined,
  })
}

/** Levels are only for JSON: Lambda refuses them with plain text. */
function toLogging(name: string, { logFormat, logLevels, logGroup }: Partial<FunctionSettings>) {
  if (logFormat === undefined) return undefined
  const group = logGroup === undefined ? {} : { LogGroup: logGroup || defaultLogGroup(name) }
  if (logFormat === 'text') return { LogFormat: 'Text' as const, ...group }
  const levels = logLevels && {
    ApplicationLogLevel: logLevels.application.toUpperCase() as ApplicationLogLevel,
    SystemLogLevel: logLevels.system.toUpperCase() as SystemLogLevel,
  }
  return { LogFormat: 'JSON' as const, ...levels, ...group }
}

/** Lambda's log group for a function that names none. */
function defaultLogGroup(name: string): string {
  return `/aws/lambda/${name}`
}

function present<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Members]?: Exclude<Members[Name], undefined>
  }
}

/** Empty values mean the image's own, so an empty map removes the values that were set before. */
function toImageConfig({ command, entryPoint, workingDirectory }: ImageStart) {
  return {
    ...(command.length > 0 && { Command: [...command] }),
    ...(entryPoint.length > 0 && { EntryPoint: [...entryPoint] }),
    ...(workingDirectory && { WorkingDirectory: workingDirectory }),
  }
}

/**
 * A configuration from GetFunction's answer.
 *
 * @param code the place of its code, and how it is kept there
 */
export function toState(
  name: string,
  configuration: FunctionConfiguration,
  { ResolvedImageUri: image, SourceKMSKeyArn }: FunctionCodeLocation = {},
): FunctionState {
  return {
    name,
    arn: configuration.FunctionArn ?? '',
    version: configuration.Version ?? '',
    settings: { ...toSettings(name, configuration), sourceKmsKey: SourceKMSKeyArn ?? '' },
    codeSha256: configuration.CodeSha256 ?? '',
    ...bytesOf(configuration),
    ...(image && { image }),
    revisionId: configuration.RevisionId ?? '',
    lastModified: configuration.LastModified ?? '',
    status: toStatus(configuration),
    statusReason: configuration.LastUpdateStatusReason ?? configuration.StateReason,
    logGroup: configuration.LoggingConfig?.LogGroup ?? defaultLogGroup(name),
    hiddenVariables: configuration.Environment?.Error?.Message,
  }
}

/** Lambda gives 0 for an image. */
function bytesOf({ CodeSize, PackageType }: FunctionConfiguration): { bytes?: number } {
  return CodeSize === undefined || PackageType === 'Image' ? {} : { bytes: CodeSize }
}

function toStatus({ State, LastUpdateStatus }: FunctionConfiguration): FunctionState['status'] {
  if (State === 'Failed' || LastUpdateStatus === 'Failed') return 'failed'
  return State === 'Pending' || LastUpdateStatus === 'InProgress' ? 'changing' : 'ready'
}

/** If the answer lacks a member, AWS's default holds. */
function toSettings(name: string, configuration: FunctionConfiguration): FunctionSettings {
  const { image: _, ...defaults } = awsDefaults
  const { TracingConfig, SnapStart, VpcConfig, LoggingConfig } = configuration
  return {
    ...defaults,
    ...present({
      runtime: configuration.Runtime,
      handler: configuration.Handler,
      role: configuration.Role,
      memoryMb: configuration.MemorySize,
      timeoutSeconds: configuration.Timeout,
      environment: configuration.Environment?.Variables,
      architecture: configuration.Architectures?.[0],
      layers: configuration.Layers?.map(({ Arn }) => Arn ?? ''),
      description: configuration.Description,
      tracing: TracingConfig && (TracingConfig.Mode === 'Active' ? 'active' : 'pass-through'),
      ephemeralStorageMb: configuration.EphemeralStorage?.Size,
      snapStart: SnapStart && SnapStart.ApplyOn === 'PublishedVersions',
      ...(LoggingConfig && toLogs(name, LoggingConfig)),
      vpc: VpcConfig && toVpc(VpcConfig),
      deadLetter: configuration.DeadLetterConfig?.TargetArn,
      fileSystems: configuration.FileSystemConfigs?.map(toFileSystem),
      kmsKey: configuration.KMSKeyArn,
      ...toCreatedSettings(configuration),
      image: configuration.PackageType === 'Image' ? toImage(configuration) : undefined,
    }),
  }
}

function toLogs(name: string, { LogFormat, ApplicationLogLevel, SystemLogLevel, LogGroup }: LoggingConfig) {
  const { application, system } = awsDefaults.logLevels
  return {
    logFormat: LogFormat === 'JSON' ? ('json' as const) : ('text' as const),
    logLevels: {
      application: ApplicationLogLevel?.toLowerCase() ?? application,
      system: SystemLogLevel?.toLowerCase() ?? system,
    },
    logGroup: LogGroup === defaultLogGroup(name) ? '' : LogGroup,
  }
}

function toVpc({ SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack }: VpcConfigResponse): VpcAttachment {
  const { subnets, securityGroups, ipv6 } = awsDefaults.vpc
  return {
    subnets: SubnetIds ?? subnets,
    securityGroups: SecurityGroupIds ?? securityGroups,
    ipv6: Ipv6AllowedForDualStack ?? ipv6,
  }
}

function toImage({ ImageConfigResponse }: FunctionConfiguration): ImageStart {
  const { Command = [], EntryPoint = [], WorkingDirectory = '' } = ImageConfigResponse?.ImageConfig ?? {}
  return { command: Command, entryPoint: EntryPoint, workingDirectory: WorkingDirectory }
}

/** A configuration from an answer of PublishVersion or ListVersionsByFunction. */
export function toVersion(configuration: FunctionConfiguration): PublishedVersion {
  return {
    version: configuration.Version ?? '',
    description: configuration.Description ?? '',
    codeSha256: configuration.CodeSha256 ?? '',
    ...bytesOf(configuration),
    published: configuration.LastModified ?? '',
  }
}
