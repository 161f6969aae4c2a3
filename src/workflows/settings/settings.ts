import { isDeepStrictEqual } from 'node:util'
import type { ImageSource, ResolvedFunction } from '../../config/types.ts'
import type { FunctionSettings, VpcAttachment } from '../../ports/functions.ts'

/** AWS's defaults. */
const awsDefaults = {
  tracing: 'pass-through',
  ephemeralStorageMb: 512,
  snapStart: false,
  logLevels: { application: 'info', system: 'info' },
  logGroup: '',
} as const

/** The empty values of settings that stay as they are unless the file has them. */
const nothing = {
  layers: [],
  vpc: { subnets: [], securityGroups: [], ipv6: false },
  deadLetter: '',
  fileSystems: [],
  kmsKey: '',
  sourceKmsKey: '',
  durable: null,
  capacityProvider: null,
  tenancy: 'none',
}

/** Settings that go with the code, and not with the configuration. */
const ofCode = ['architecture', 'sourceKmsKey']

/** A function's settings as the file has them. */
export function settingsOf(fn: ResolvedFunction): FunctionSettings {
  const { runtime, handler, role, memoryMb, timeoutSeconds, environment } = fn
  const { architecture, logFormat, layers, description, image, versioned } = fn
  return {
    runtime,
    handler,
    role,
    memoryMb,
    timeoutSeconds,
    environment,
    architecture,
    logFormat,
    ...(layers ? { layers } : {}),
    description,
    ...(image && { image: startOf(image) }),
    ...versioned,
  }
}

/** The image itself is code; what it is started with is configuration. */
function startOf({
  command,
  entryPoint,
  workingDirectory,
}: ImageSource): NonNullable<FunctionSettings['image']> {
  return { command, entryPoint, workingDirectory }
}

/**
 * Returns the settings that decide whether there is anything to deploy. AWS's defaults are not among them, so that a setting
 * that lambdactl learns of later does not make every version differ.
 */
export function identityOf(settings: FunctionSettings): object {
  return { ...settings, layers: settings.layers ?? [] }
}

/** Layers that are to be taken away: they count like those that are left alone, which need not be none. */
export function hasLayersToRemove(current: FunctionSettings, wanted: FunctionSettings): boolean {
  return wanted.layers?.length === 0 && (current.layers?.length ?? 0) > 0
}

/** Returns the settings to update, so that a function has the wanted ones; undefined: none. */
export function settingsChanges(
  current: FunctionSettings,
  wanted: FunctionSettings,
): Partial<FunctionSettings> | undefined {
  const has: Record<string, unknown> = { ...nothing, ...awsDefaults, ...current }
  const target = { ...awsDefaults, ...wanted, ...completed(current, wanted) }
  const changed = Object.fromEntries(
    Object.entries(target).filter(
      ([name, value]) => !ofCode.includes(name) && !isDeepStrictEqual(inOrder(value), inOrder(has[name])),
    ),
  ) as Partial<FunctionSettings>
  if (Object.keys(changed).length === 0) return undefined
  const { logFormat, logLevels, logGroup } = target
  const isOfLogs = ['logFormat', 'logLevels', 'logGroup'].some((name) => name in changed)
  return isOfLogs ? { ...changed, logFormat, logLevels, logGroup } : changed
}

/** Returns a function's settings after a deploy; those that the file does not have stay as they are. */
export function settingsAfter(current: FunctionSettings, wanted: FunctionSettings): FunctionSettings {
  const { architecture, sourceKmsKey = current.sourceKmsKey ?? '' } = wanted
  return { ...current, ...settingsChanges(current, wanted), architecture, sourceKmsKey }
}

/** Fills in the parts that these settings leave out, as the function has them. */
function completed(
  current: FunctionSettings,
  { durable, capacityProvider }: FunctionSettings,
): Pick<FunctionSettings, 'durable' | 'capacityProvider'> {
  return {
    ...(durable && { durable: { ...current.durable, ...durable } }),
    ...(capacityProvider && { capacityProvider: { ...current.capacityProvider, ...capacityProvider } }),
  }
}

/** The order of subnets and security groups says nothing. */
function inOrder(value: unknown): unknown {
  if (!isVpc(value)) return value
  const { subnets, securityGroups, ipv6 } = value
  return { subnets: subnets.toSorted(), securityGroups: securityGroups.toSorted(), ipv6 }
}

function isVpc(value: unknown): value is VpcAttachment {
  return typeof value === 'object' && value !== null && 'securityGroups' in value
}
