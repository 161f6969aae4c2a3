import chalk from 'chalk'
import type { VersionDiff } from '../../../workflows/versions/diff-versions.ts'
import { changeLines, summary } from '../diff/diff.ts'
import { patchText } from '../diff/patch.ts'

/**
 * The settings and files that differ between two versions; several lines.
 *
 * @param width of the terminal, in columns
 */
export function versionDiffText({ configuration, code, ...diff }: VersionDiff, width: number): string {
  const isSame = configuration.length + code.length === 0
  const what = isSame ? 'the same code and configuration' : summary(configuration, code)
  return [
    `${chalk.bold(diff.function)} ${chalk.dim(`(${diff.lambdaName})`)}: ${named(diff.from)} → ${named(diff.to)}: ${what}`,
    ...changeLines(configuration, code, width),
  ].join('\n')
}

/** The differences of the code as text; empty if there are none. */
export function versionPatchTexts({ from, to, patch }: VersionDiff): string[] {
  return patch.length === 0 ? [] : [patchText(`\n${named(from)} → ${named(to)}`, patch)]
}

function named(version: string): string {
  return version === '$LATEST' ? version : `version ${version}`
}
