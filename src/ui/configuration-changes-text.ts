import { chalkStderr as colour } from 'chalk'
import type { ConfigurationChange, SettingChange } from '../release/configuration-changes.ts'
import { plainLine } from './plain.ts'

/** A warning of what a version runs with otherwise than the one before it; several lines. */
export function configurationChangesText(version: string, changes: readonly ConfigurationChange[]): string {
  const lines = changes.map((change) => `  ${plainLine(changeLine(change))}`)
  return [
    colour.yellow(
      `warning: version ${version} differs in more than its code from the version that was left:`,
    ),
    ...lines,
  ].join('\n')
}

/** One setting or variable, as in `memory 512 MB → 128 MB`. */
export function changeLine(change: ConfigurationChange): string {
  if (change.field === 'environment') return `environment variable ${change.name} ${change.change}`
  return `${change.field} ${valueText(change.field, change.from)} → ${valueText(change.field, change.to)}`
}

function valueText(field: SettingChange['field'], value: SettingChange['from']): string {
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(', ')
  // What a function that isn't there has.
  if (value === 0 || value === '') return 'none'
  if (field === 'memory' || field === 'ephemeralStorage') return `${value} MB`
  return field === 'timeout' ? `${value} s` : String(value)
}
