import { changeWords } from '../../../release/changes/change-words.ts'
import type { ConfigurationChange } from '../../../release/changes/configuration-changes.ts'
import { plainLine } from '../../text/plain.ts'
import { warningText } from '../../text/warning.ts'

/** A warning that a version has another configuration than the one before it; several lines. */
export function configurationChangesText(version: string, changes: readonly ConfigurationChange[]): string {
  const lines = changes.map((change) => `  ${plainLine(changeWords(change))}`)
  return [
    warningText(
      `version ${version} also differs in its configuration from the version that had the traffic before:`,
    ),
    ...lines,
  ].join('\n')
}
