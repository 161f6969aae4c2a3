import chalk from 'chalk'
import type { PackagingProgress } from '../../../packaging/model/types.ts'
import type { PackageSummary } from '../../../workflows/package-functions.ts'
import { count, formatBytes } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'
import { partSizesText } from './part-sizes.ts'

/** `packaging: 12000 of 50000 files, 51.2 MB of 214.0 MB`. */
export function progressText({ files, totalFiles, bytes, totalBytes }: PackagingProgress): string {
  return `packaging: ${files} of ${count(totalFiles, 'file')}, ${formatBytes(bytes)} of ${formatBytes(totalBytes)}`
}

/**
 * A package for a person, several lines.
 *
 * @param width of the terminal, in columns
 */
export function packageText(view: PackageSummary, width: number): string {
  const { function: name, digest, zippedBytes, unzippedBytes, files, sizes, out } = view
  const totals = `${formatBytes(zippedBytes)} zipped, ${formatBytes(unzippedBytes)} unzipped`
  const facts = [
    ['digest', digest],
    ['size', `${totals}, ${count(files, 'file')}`],
  ]
  const more = [
    ...view.leftOut.map((path) => [chalk.yellow('left out'), `${plainLine(path)}: it looks like a secret`]),
    ...view.notes.map((note) => ['note', plainLine(note)]),
  ]
  return [
    chalk.bold(name),
    ...labelled(facts, width),
    ...largestLines(view.largest, width),
    ...labelled(more, width),
    ...(sizes ? partSizesText(sizes, width) : []),
    ...labelled(out === undefined ? [] : [['written', out]], width),
  ].join('\n')
}

/** The longest label is `left out`. */
const labelWidth = 8

function labelled(rows: readonly (readonly string[])[], width: number): string[] {
  const columns: Column[] = [{ width: labelWidth }, { wraps: true }]
  return table(rows, columns, { width, gap: 1 })
}

function largestLines(largest: PackageSummary['largest'], width: number): string[] {
  const rows = largest.map(({ path, bytes }, index) => [
    index === 0 ? 'largest' : '',
    formatBytes(bytes),
    plainLine(path),
  ])
  // Two spaces separate these columns, and one space the label from other texts.
  return table(rows, [{ width: labelWidth - 1 }, { align: 'right' }, { least: 20, keeps: 'end' }], { width })
}
