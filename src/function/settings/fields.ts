import { alike } from '../values/alike.ts'
import type { SettingField, Told } from './row.ts'
import {
  type CompleteSettings,
  type GivenSettings,
  leftOut,
  rowOf,
  type SettingKey,
  settingKeys,
} from './rows.ts'
import type { FunctionSettings } from './settings.ts'
import type { SettingName } from './table.ts'

/** A field of the file that sets a setting, or one part of it. */
export interface Field extends SettingField<unknown> {
  readonly key: SettingKey
  /** Its name in changes. */
  readonly name: SettingName
  /** Keys from the function down, as in `logs`, `level`. */
  readonly keys: readonly string[]
}

/** All fields of settings, in the order in which changes are shown. */
export const settingFields: readonly Field[] = settingKeys.flatMap((key) =>
  Object.entries(rowOf(key).fields).map(([name, field]) => ({
    ...field,
    key,
    name: name as SettingName,
    keys: (field.path ?? name).split('.'),
  })),
)

/** Returns the value of a field for a change. A setting that was not read has AWS's default. */
export function toldOf({ key, told }: Field, settings: Partial<FunctionSettings>): Told {
  return inWords(told, settings[key] ?? rowOf(key).default)
}

/** Returns the value of a field for the file; null if it removes the setting. */
export function writtenOf(
  { key, written }: Field,
  settings: Partial<FunctionSettings>,
  lambdaName: string,
): unknown {
  const value = settings[key] ?? rowOf(key).default
  return written ? written(value, lambdaName) : value
}

/** Tells whether a function's value equals the one that it has when the file leaves the field out. */
export function isLeftOut(field: Field, settings: Partial<FunctionSettings>): boolean {
  const { key } = field
  return isSameField(field, settings[key] ?? rowOf(key).default, leftOut(key, settings))
}

/** Tells whether two values of a setting are equal, so that there is no change. An absent one means AWS's default. */
export function isSame<Key extends SettingKey>(
  key: Key,
  one: CompleteSettings[Key] | undefined,
  other: CompleteSettings[Key] | undefined,
): boolean {
  const [first, second] = [one, other].map((value) => value ?? rowOf(key).default)
  return settingFields.every((field) => field.key !== key || isSameField(field, first, second))
}

/**
 * Returns the settings that a file gives. AWS's defaults are left out, so that they count in no digest: otherwise a
 * setting that lambdactl learns later would make every version differ.
 */
export function saidSettings(given: GivenSettings): Partial<FunctionSettings> {
  const said = settingKeys.filter(
    (key) =>
      given[key] !== undefined && (rowOf(key).leftOut === 'kept' || !isSame(key, given[key], undefined)),
  )
  return Object.fromEntries(said.map((key) => [key, given[key]]))
}

/** Tells whether AWS takes two settings in one member of a request, which replaces both. */
export function areSentAsOne(one: SettingKey, other: SettingKey): boolean {
  return requestMember(one) === requestMember(other)
}

/** `LoggingConfig` of `LoggingConfig.LogFormat`. */
function requestMember(key: SettingKey): string | undefined {
  const { aws } = Object.values(rowOf(key).fields)[0] ?? {}
  const [name] = typeof aws === 'object' ? Object.values<string>(aws) : [aws]
  return name?.split('.')[0]
}

function isSameField({ told }: Field, one: unknown, other: unknown): boolean {
  return told === 'names' ? alike(one, other) : alike(inWords(told, one), inWords(told, other))
}

function inWords(told: Field['told'], value: unknown): Told {
  return typeof told === 'function' ? told(value) : (value as Told)
}
