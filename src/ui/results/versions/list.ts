import chalk from 'chalk'
import type { DescribedVersion, VersionRelease } from '../../../operation/versions/described.ts'
import type { VersionList } from '../../../workflows/versions/list-versions.ts'
import { count, formatBytes } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'
import { tellTimes } from '../../text/time.ts'
import { shortArn } from '../history/who.ts'
import { shortCommit } from '../status/status.ts'

const columns: readonly Column[] = [{ align: 'right' }, {}, {}, { align: 'right' }, {}, { least: 12 }, {}]

/**
 * The versions of a function for a person: a row for each, with its releases below.
 *
 * @param width of the terminal, in columns
 */
export function versionListText(list: VersionList, width: number): string {
  const { function: name, lambdaName, versions, total, more } = list
  const tellTime = tellTimes()
  const sum = `${count(total.count, 'version')}, ${formatBytes(total.bytes)} of code`
  const rows = versions.map((each) => [
    each.version,
    aliasWords(each),
    tellTime(Date.parse(each.published)),
    each.bytes === undefined ? chalk.dim('image') : formatBytes(each.bytes),
    ...originCells(each),
  ])
  const below = versions.map(({ releases }) => releaseLines(releases))
  return [
    `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}: ${total.count === 0 ? 'no published version' : sum}`,
    ...table(rows, columns, { width, below }),
    ...(more ? [`  +${count(more.count, 'older version')}: ${more.see}`] : []),
  ].join('\n')
}

/** `live 90%, beta`. */
export function aliasWords({ aliases }: Pick<DescribedVersion, 'aliases'>): string {
  return aliases
    .map(({ name, percent }) =>
      chalk.green(percent === 100 ? plainLine(name) : `${plainLine(name)} ${percent}%`),
    )
    .join(', ')
}

function originCells({ origin, by }: DescribedVersion): string[] {
  const commit = origin?.commit === undefined ? '' : `commit ${shortCommit(origin.commit)}`
  const digest = origin ? `sha256:${origin.digest.slice(0, 12)}` : 'not by lambdactl'
  return [commit, by === undefined ? '' : `by ${shortArn(by)}`, digest].map((text) => chalk.dim(text))
}

/** The most releases of one version that a list shows; `--json` has all. */
const mostReleases = 3

function releaseLines(releases: readonly VersionRelease[]): string[] {
  const shown = releases.slice(0, mostReleases).map(releaseWords)
  const more = releases.length - shown.length
  if (shown.length === 0) return []
  return [`      ${chalk.dim([...shown, ...(more > 0 ? [`${more} more`] : [])].join(', '))}`]
}

/** `canary k3f9q2ab of live: rolled-back`. */
export function releaseWords({ id, strategy, alias, outcome }: VersionRelease): string {
  return plainLine(`${strategy} ${id} of ${alias}: ${outcome}`)
}
