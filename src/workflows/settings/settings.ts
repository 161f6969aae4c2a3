import type { ImageSource } from '../../config/function/image.ts'
import type { ResolvedFunction } from '../../config/types.ts'
import { awsDefaults, rowOf, type SettingKey, settingKeys } from '../../function/settings/defaults.ts'
import { areSentAsOne, isSame } from '../../function/settings/fields.ts'
import type { FunctionSettings, ImageStart } from '../../function/settings/settings.ts'

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
function startOf({ command, entryPoint, workingDirectory }: ImageSource): ImageStart {
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

/** Settings that go back to AWS's defaults where the file leaves them out. */
const usual = pick(
  awsDefaults,
  settingKeys.filter((key) => rowOf(key).leftOut !== 'kept'),
)

/** Returns the settings to update, so that a function has the wanted ones; undefined: none. */
export function settingsChanges(
  current: FunctionSettings,
  wanted: FunctionSettings,
): Partial<FunctionSettings> | undefined {
  const target = { ...usual, ...wanted, ...completed(current, wanted) }
  const changed = settingKeys.filter(
    (key) => target[key] !== undefined && !rowOf(key).withCode && !isSame(key, current[key], target[key]),
  )
  if (changed.length === 0) return undefined
  const sent = settingKeys.filter((key) => changed.some((other) => areSentAsOne(key, other)))
  return pick(target, sent)
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

function pick(settings: Partial<FunctionSettings>, keys: readonly SettingKey[]): Partial<FunctionSettings> {
  return Object.fromEntries(keys.map((key) => [key, settings[key]]))
}
