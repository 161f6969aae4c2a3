import type { ImageSource } from '../../config/function/image.ts'
import type { ResolvedFunction } from '../../config/types.ts'
import { areSentAsOne, isSame } from '../../function/settings/fields.ts'
import { awsDefaults, rowOf, type SettingKey, settingKeys } from '../../function/settings/rows.ts'
import type { FunctionSettings, ImageStart } from '../../function/settings/settings.ts'

/** A function's settings from the file. */
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

/** The image itself is code; the values that start it are configuration. */
function startOf({ command, entryPoint, workingDirectory }: ImageSource): ImageStart {
  return { command, entryPoint, workingDirectory }
}

/**
 * Returns the settings that decide whether there is anything to deploy. AWS's defaults are not among them: otherwise
 * every version would differ once lambdactl learns a new setting.
 */
export function identityOf(settings: FunctionSettings): object {
  return { ...settings, layers: settings.layers ?? [] }
}

/** Tells whether the file removes layers. The digest can't tell: it is the same for a file that leaves them alone. */
export function hasLayersToRemove(current: FunctionSettings, wanted: FunctionSettings): boolean {
  return wanted.layers?.length === 0 && (current.layers?.length ?? 0) > 0
}

/** Settings that go back to AWS's defaults if the file leaves them out. */
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

/** Returns a function's settings after a deploy; settings that the file does not have stay. */
export function settingsAfter(current: FunctionSettings, wanted: FunctionSettings): FunctionSettings {
  const { architecture, sourceKmsKey = current.sourceKmsKey ?? '' } = wanted
  return { ...current, ...settingsChanges(current, wanted), architecture, sourceKmsKey }
}

/** Fills in the parts that these settings leave out with the function's own. */
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
