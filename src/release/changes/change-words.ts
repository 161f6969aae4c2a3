import { settingFields } from '../../function/settings/fields.ts'
import type { Told } from '../../function/settings/row.ts'
import type { ConfigurationChange, SettingChange } from './configuration-changes.ts'

/** One setting or variable, as in `memory 512 MB → 128 MB`; for a variable only its name. */
export function changeWords(change: ConfigurationChange): string {
  if (change.field === 'environment') return `environment variable ${change.name} ${change.change}`
  return `${change.field} ${valueWords(change.field, change.from)} → ${valueWords(change.field, change.to)}`
}

function valueWords(field: SettingChange['field'], value: Told): string {
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(', ')
  // A missing function has these values.
  if (value === 0 || value === '') return 'none'
  const unit = settingFields.find(({ name }) => name === field)?.unit
  return unit === undefined ? String(value) : `${value} ${unit}`
}
