import type { CapacityProvider, Durable, FunctionSettings } from '../../ports/functions.ts'
import { formatDuration } from '../../release/values/duration.ts'

/** A field's value as `lambdactl.yaml` has it; undefined where it needs no word there. */
type Written = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>> | undefined

/**
 * Settings of a function as fields of `lambdactl.yaml`, without those that are as they are when nothing is said.
 *
 * @param image the URI of its image, for a function of one
 */
export function settingsAsFields(settings: FunctionSettings, image?: string): Record<string, unknown> {
  const { environment, description } = settings
  const fields: Record<string, Written> = {
    ...(settings.image ? { image: imageField(settings.image, image) } : zipFields(settings)),
    description: description === '' ? undefined : literal(description),
    memory: settings.memoryMb === 128 ? undefined : settings.memoryMb,
    timeout: settings.timeoutSeconds === 10 ? undefined : `${settings.timeoutSeconds}s`,
    architecture: settings.architecture === 'x86_64' ? undefined : settings.architecture,
    tracing: settings.tracing === 'active' ? 'active' : undefined,
    ephemeralStorage: settings.ephemeralStorageMb === 512 ? undefined : settings.ephemeralStorageMb,
    snapStart: settings.snapStart ? true : undefined,
    logs: orNothing(logs(settings)),
    layers: orNothing(settings.layers),
    vpc: vpc(settings),
    deadLetter: settings.deadLetter || undefined,
    fileSystems: orNothing(settings.fileSystems),
    kmsKey: settings.kmsKey || undefined,
    sourceKmsKey: settings.sourceKmsKey || undefined,
    durable: settings.durable ? durableField(settings.durable) : undefined,
    capacityProvider: settings.capacityProvider
      ? capacityProviderField(settings.capacityProvider)
      : undefined,
    tenancy: settings.tenancy === 'per-tenant' ? settings.tenancy : undefined,
    environment: orNothing(literals(environment)),
  }
  return present(fields)
}

function zipFields({ runtime, handler }: FunctionSettings): Record<string, Written> {
  return {
    runtime,
    handler: handler === 'bootstrap' && runtime.startsWith('provided') ? undefined : handler,
    bundle: runtime.startsWith('nodejs') ? false : undefined,
  }
}

function imageField(
  { command, entryPoint, workingDirectory }: NonNullable<FunctionSettings['image']>,
  uri: string | undefined,
): Written {
  const started = present({
    command: orNothing(command),
    entryPoint: orNothing(entryPoint),
    workingDirectory: workingDirectory || undefined,
  })
  return Object.keys(started).length > 0 ? { uri, ...started } : uri
}

/** Levels are for JSON alone. */
function logs({
  logFormat,
  logLevels,
  logGroup,
  capacityProvider: managed,
}: FunctionSettings): Record<string, unknown> {
  const { application, system } = logFormat === 'json' && logLevels ? logLevels : usualLevels
  return present({
    format: logFormat === (managed ? 'json' : 'text') ? undefined : logFormat,
    level: application === usualLevels.application ? undefined : application,
    systemLevel: system === usualLevels.system ? undefined : system,
    group: logGroup || undefined,
  })
}

const usualLevels = { application: 'info', system: 'info' }

function vpc({ vpc: attachment }: FunctionSettings): Written {
  if (!attachment || attachment.subnets.length === 0) return undefined
  const { subnets, securityGroups, ipv6 } = attachment
  return { subnets, securityGroups, ...(ipv6 ? { ipv6 } : {}) }
}

export function durableField({ timeoutSeconds, retentionDays, kmsKey }: Durable): Written {
  return present({
    timeout: formatDuration(timeoutSeconds * 1000),
    retention: retentionDays === undefined ? undefined : `${retentionDays}d`,
    kmsKey: kmsKey || undefined,
  })
}

export function capacityProviderField({ arn, concurrency, memoryGibPerCpu }: CapacityProvider): Written {
  return present({ arn, concurrency, memoryPerCpu: memoryGibPerCpu })
}

function orNothing<Value extends object>(value: Value | undefined): Value | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined
}

function present(fields: Record<string, Written>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function literals(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literal(text)]))
}

/** Text in which nothing is filled in. */
export function literal(text: string): string {
  return text.replaceAll('${', () => '$${')
}
