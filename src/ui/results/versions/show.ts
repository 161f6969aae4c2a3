import chalk from 'chalk'
import { changeWords } from '../../../release/changes/change-words.ts'
import type { ConfigurationChange } from '../../../release/changes/configuration-changes.ts'
import type { ShownVersion } from '../../../workflows/versions/show-version.ts'
import { formatBytes } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'
import { formatMoment } from '../../text/time.ts'
import { shortArn } from '../history/who.ts'
import { shortCommit } from '../status/status.ts'
import { aliasWords, releaseWords } from './list.ts'

/**
 * One version for a person; several lines.
 *
 * @param width of the terminal, in columns
 */
export function versionText(shown: ShownVersion, width: number): string {
  const { function: name, lambdaName, version, releases, configuration, hiddenVariables } = shown
  const variables = configuration.flatMap((change) => (change.field === 'environment' ? [change.name] : []))
  const settings = configuration.filter(({ field }) => field !== 'environment').map(settingRow)
  const rows = [
    ...factRows(shown),
    ...settings,
    [
      'variables',
      hiddenVariables === undefined ? variables.join(', ') || 'none' : `unknown: ${hiddenVariables}`,
    ],
    ['log group', shown.logGroup],
  ]
  return [
    `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}: version ${version}`,
    ...table(
      rows.map(([label = '', value = '']) => [chalk.dim(label), plainLine(value)]),
      [{}, { wraps: true }],
      { width },
    ),
    ...releases.map((release) => `  ${formatMoment(release.started)}  ${releaseWords(release)}`),
    ...(releases.length === 0 ? [`  ${noReleases(shown)}`] : []),
  ].join('\n')
}

function factRows(shown: ShownVersion): string[][] {
  const { state, stateReason, published, by, origin, bytes, codeSha256, description } = shown
  return [
    ['state', stateReason === undefined ? state : `${state}: ${stateReason}`],
    ['aliases', aliasWords(shown) || 'none'],
    [shown.version === '$LATEST' ? 'changed' : 'published', formatMoment(Date.parse(published))],
    ['released by', by === undefined ? 'unknown' : shortArn(by)],
    ['commit', origin?.commit === undefined ? 'unknown' : shortCommit(origin.commit)],
    ['digest', origin ? `sha256:${origin.digest}` : 'none: lambdactl did not publish it'],
    ...(origin ? [] : [['description', description || 'none']]),
    ['code', bytes === undefined ? 'an image' : formatBytes(bytes)],
    ['code SHA-256', codeSha256],
  ]
}

/** `memory none → 512 MB` without the part that is always `none`. */
function settingRow(change: ConfigurationChange): string[] {
  const [, field = '', value = ''] = /^(\S+) .*? → (.*)$/s.exec(changeWords(change)) ?? []
  return [field, value]
}

function noReleases({ isJournalRead }: ShownVersion): string {
  return isJournalRead ? 'the journal has no release of it' : 'its releases are unknown'
}
