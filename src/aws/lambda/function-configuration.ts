import type {
  ApplicationLogLevel,
  FunctionCodeLocation,
  FunctionConfiguration,
  Runtime,
  SystemLogLevel,
} from '@aws-sdk/client-lambda'
import type { FunctionSettings, FunctionState, PublishedVersion } from '../../ports/functions.ts'
import { toCapacityProviderConfig, toCreatedSettings, toDurableConfig } from './created-settings.ts'
import { toFileSystem, toFileSystemConfig } from './file-systems.ts'

/** Settings as CreateFunction and UpdateFunctionConfiguration take them; what is absent is not sent. */
export function toConfiguration(name: string, settings: Partial<FunctionSettings>) {
  const { runtime, environment, layers, tracing, ephemeralStorageMb, snapStart, deadLetter } = settings
  return present({
    // Lambda refuses these for an image, which has them inside.
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

/** Levels are for JSON alone: Lambda refuses them with plain text. */
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

/** Lambda's, of a function that names none. */
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

/** Empty values are left to the image; so an empty map takes back the values that were set before. */
function toImageConfig({ command, entryPoint, workingDirectory }: NonNullable<FunctionSettings['image']>) {
  return {
    ...(command.length > 0 && { Command: [...command] }),
    ...(entryPoint.length > 0 && { EntryPoint: [...entryPoint] }),
    ...(workingDirectory && { WorkingDirectory: workingDirectory }),
  }
}

/**
 * A configuration as GetFunction answers it.
 *
 * @param code where its code is, and how it is kept there
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
    ...(image && { image }),
    revisionId: configuration.RevisionId ?? '',
    lastModified: configuration.LastModified ?? '',
    status: toStatus(configuration),
    statusReason: configuration.LastUpdateStatusReason ?? configuration.StateReason,
    logGroup: configuration.LoggingConfig?.LogGroup ?? defaultLogGroup(name),
    hiddenVariables: configuration.Environment?.Error?.Message,
  }
}

function toStatus({ State, LastUpdateStatus }: FunctionConfiguration): FunctionState['status'] {
  if (State === 'Failed' || LastUpdateStatus === 'Failed') return 'failed'
  return State === 'Pending' || LastUpdateStatus === 'InProgress' ? 'changing' : 'ready'
}

function toSettings(name: string, configuration: FunctionConfiguration): FunctionSettings {
  return {
    runtime: configuration.Runtime ?? '',
    handler: configuration.Handler ?? '',
    role: configuration.Role ?? '',
    memoryMb: configuration.MemorySize ?? 128,
    timeoutSeconds: configuration.Timeout ?? 3,
    environment: configuration.Environment?.Variables ?? {},
    architecture: configuration.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
    logFormat: configuration.LoggingConfig?.LogFormat === 'JSON' ? 'json' : 'text',
    layers: (configuration.Layers ?? []).map(({ Arn }) => Arn ?? ''),
    description: configuration.Description ?? '',
    ...toVersionedSettings(name, configuration),
  }
}

function toVersionedSettings(
  name: string,
  configuration: FunctionConfiguration,
): Omit<FunctionSettings, BasicSetting> {
  const { TracingConfig, EphemeralStorage, SnapStart, LoggingConfig, VpcConfig } = configuration
  const { LogGroup = defaultLogGroup(name), ApplicationLogLevel, SystemLogLevel } = LoggingConfig ?? {}
  const { SubnetIds = [], SecurityGroupIds = [], Ipv6AllowedForDualStack = false } = VpcConfig ?? {}
  return {
    tracing: TracingConfig?.Mode === 'Active' ? 'active' : 'pass-through',
    ephemeralStorageMb: EphemeralStorage?.Size ?? 512,
    snapStart: SnapStart?.ApplyOn === 'PublishedVersions',
    logLevels: {
      application: (ApplicationLogLevel ?? 'INFO').toLowerCase(),
      system: (SystemLogLevel ?? 'INFO').toLowerCase(),
    },
    logGroup: LogGroup === defaultLogGroup(name) ? '' : LogGroup,
    vpc: { subnets: SubnetIds, securityGroups: SecurityGroupIds, ipv6: Ipv6AllowedForDualStack },
    deadLetter: configuration.DeadLetterConfig?.TargetArn ?? '',
    fileSystems: (configuration.FileSystemConfigs ?? []).map(toFileSystem),
    kmsKey: configuration.KMSKeyArn ?? '',
    ...toCreatedSettings(configuration),
    ...(configuration.PackageType === 'Image' && { image: toImage(configuration) }),
  }
}

function toImage({ ImageConfigResponse }: FunctionConfiguration): NonNullable<FunctionSettings['image']> {
  const { Command = [], EntryPoint = [], WorkingDirectory = '' } = ImageConfigResponse?.ImageConfig ?? {}
  return { command: Command, entryPoint: EntryPoint, workingDirectory: WorkingDirectory }
}

type BasicSetting =
  | 'runtime'
  | 'handler'
  | 'role'
  | 'memoryMb'
  | 'timeoutSeconds'
  | 'environment'
  | 'architecture'
  | 'logFormat'
  | 'layers'
  | 'description'

/** A configuration as PublishVersion and ListVersionsByFunction answer it. */
export function toVersion(configuration: FunctionConfiguration): PublishedVersion {
  return {
    version: configuration.Version ?? '',
    description: configuration.Description ?? '',
    codeSha256: configuration.CodeSha256 ?? '',
    published: configuration.LastModified ?? '',
  }
}
