import type { Setting } from './row.ts'
import type { FunctionSettings } from './settings.ts'
import { settingTable } from './table.ts'

export type SettingKey = keyof FunctionSettings

/** Settings as a file gives them; undefined: it says nothing of them. */
export type GivenSettings = { readonly [Key in SettingKey]?: FunctionSettings[Key] | undefined }

/** The settings of a function with a value for each. */
export type CompleteSettings = { readonly [Key in SettingKey]-?: Exclude<FunctionSettings[Key], undefined> }

// The types of the values are lost only here: each row gets values of its own member only.
const rows: Readonly<Record<SettingKey, Setting<unknown>>> = settingTable as object as Record<
  SettingKey,
  Setting<unknown>
>

export const settingKeys = Object.keys(settingTable) as readonly SettingKey[]

export function rowOf(key: SettingKey): Setting<unknown> {
  return rows[key]
}

/** AWS's settings for a function if nobody set any. */
export const awsDefaults = Object.fromEntries(
  settingKeys.map((key) => [key, rows[key].default]),
) as object as CompleteSettings

/** Returns the value of a setting that the file leaves out and nobody set. */
export function leftOut<Key extends SettingKey>(
  key: Key,
  of: Partial<FunctionSettings> = {},
): CompleteSettings[Key] {
  const row = rows[key]
  const value = typeof row.leftOut === 'function' ? row.leftOut(of) : row.default
  return value as CompleteSettings[Key]
}
