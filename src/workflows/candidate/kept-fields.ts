import { settingFields, writtenOf } from '../../function/settings/fields.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import { putField } from '../../function/values/put-field.ts'
import type { ConfigurationChange } from '../../release/changes/configuration-changes.ts'

/**
 * The fields of `lambdactl.yaml` that keep a function's present settings, including missing ones. Values of environment
 * variables are not shown: each is read from a variable of the process with the same name; null removes one.
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
      putField(kept, ['environment', change.name], value)
      continue
    }
    const field = settingFields.find(({ name }) => name === change.field)
    if (field) putField(kept, field.keys, writtenOf(field, settings, lambdaName))
  }
  return kept
}
