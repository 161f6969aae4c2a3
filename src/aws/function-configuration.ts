import type { FunctionConfiguration, Runtime } from '@aws-sdk/client-lambda'
import type { FunctionSettings, FunctionState, PublishedVersion } from '../ports/functions.ts'

/** Settings as CreateFunction and UpdateFunctionConfiguration take them. */
export function toConfiguration(settings: FunctionSettings) {
  return {
    Runtime: settings.runtime as Runtime,
    Handler: settings.handler,
    Role: settings.role,
    MemorySize: settings.memoryMb,
    Timeout: settings.timeoutSeconds,
    Environment: { Variables: { ...settings.environment } },
    Layers: [...settings.layers],
    Description: settings.description,
    LoggingConfig: { LogFormat: settings.logFormat === 'json' ? ('JSON' as const) : ('Text' as const) },
  }
}

/** A configuration as GetFunction answers it. */
export function toState(name: string, configuration: FunctionConfiguration): FunctionState {
  return {
    name,
    arn: configuration.FunctionArn ?? '',
    version: configuration.Version ?? '',
    settings: toSettings(configuration),
    codeSha256: configuration.CodeSha256 ?? '',
    revisionId: configuration.RevisionId ?? '',
    lastModified: configuration.LastModified ?? '',
    status: toStatus(configuration),
    statusReason: configuration.LastUpdateStatusReason ?? configuration.StateReason,
    logGroup: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
  }
}

function toStatus({ State, LastUpdateStatus }: FunctionConfiguration): FunctionState['status'] {
  if (State === 'Failed' || LastUpdateStatus === 'Failed') return 'failed'
  return State === 'Pending' || LastUpdateStatus === 'InProgress' ? 'changing' : 'ready'
}

function toSettings(configuration: FunctionConfiguration): FunctionSettings {
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
  }
}

/** A configuration as PublishVersion and ListVersionsByFunction answer it. */
export function toVersion(configuration: FunctionConfiguration): PublishedVersion {
  return {
    version: configuration.Version ?? '',
    description: configuration.Description ?? '',
    codeSha256: configuration.CodeSha256 ?? '',
    published: configuration.LastModified ?? '',
  }
}
