import type { FunctionSettings } from '../../ports/functions.ts'
import type { ConfigurationChange, SettingChange } from '../../release/changes/configuration-changes.ts'
import { capacityProviderField, durableField, literal } from '../adoption/settings-as-fields.ts'

/**
 * The fields of `lambdactl.yaml` that keep settings as a function has them, also where it has none. The values of environment
 * variables are not told: each is read from a variable of the process that has the same name; null takes one away.
 *
 * @param changed the settings to keep
 */
export function keptFields(
  settings: FunctionSettings,
  lambdaName: string,
  changed: readonly ConfigurationChange[],
): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const change of changed) {
    if (change.field === 'environment') {
      const value = change.change === 'removed' ? null : `\${env:${change.name}}`
      put(kept, ['environment', change.name], value)
    } else put(kept, pathOf(change.field), values[change.field](settings, lambdaName))
  }
  return kept
}

function pathOf(field: SettingChange['field']): string[] {
  return field === 'logFormat' ? ['logs', 'format'] : field.split('.')
}

/** Puts a value into a map, which may lie in another one. */
function put(fields: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) fields[name] = value
  else fields[name] = { ...(fields[name] as object | undefined), [rest.join('.')]: value }
}

const values: Record<SettingChange['field'], (settings: FunctionSettings, lambdaName: string) => unknown> = {
  runtime: ({ runtime }) => runtime,
  handler: ({ handler }) => handler,
  memory: ({ memoryMb }) => memoryMb,
  timeout: ({ timeoutSeconds }) => `${timeoutSeconds}s`,
  role: ({ role }) => role,
  architecture: ({ architecture }) => architecture,
  layers: ({ layers = [] }) => layers,
  logFormat: ({ logFormat }) => logFormat,
  tracing: ({ tracing = 'pass-through' }) => tracing,
  ephemeralStorage: ({ ephemeralStorageMb = 512 }) => ephemeralStorageMb,
  snapStart: ({ snapStart = false }) => snapStart,
  'logs.level': ({ logLevels }) => logLevels?.application ?? 'info',
  'logs.systemLevel': ({ logLevels }) => logLevels?.system ?? 'info',
  'logs.group': ({ logGroup }, lambdaName) => logGroup || `/aws/lambda/${lambdaName}`,
  vpc: ({ vpc }) => (vpc && vpc.subnets.length > 0 ? vpc : null),
  deadLetter: ({ deadLetter }) => deadLetter || null,
  fileSystems: ({ fileSystems = [] }) => fileSystems,
  kmsKey: ({ kmsKey }) => kmsKey || null,
  sourceKmsKey: ({ sourceKmsKey }) => sourceKmsKey || null,
  'image.command': ({ image }) => image?.command ?? [],
  'image.entryPoint': ({ image }) => image?.entryPoint ?? [],
  'image.workingDirectory': ({ image }) => image?.workingDirectory ?? '',
  durable: ({ durable }) => (durable ? durableField(durable) : null),
  capacityProvider: ({ capacityProvider }) =>
    capacityProvider ? capacityProviderField(capacityProvider) : null,
  tenancy: ({ tenancy = 'none' }) => tenancy,
  description: ({ description }) => literal(description),
}
