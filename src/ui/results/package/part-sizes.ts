import chalk from 'chalk'
import type { PartSize } from '../../../packaging/bundle/analyze.ts'
import { count, formatBytes } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'

/** Parts with a smaller share of the package are summed up. */
const leastShare = 0.01
const deepest = 4

/**
 * A tree of parts and their sizes, largest first, one row each.
 *
 * @param width of the terminal, in columns
 */
export function partSizesText(sizes: readonly PartSize[], width: number): string[] {
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  return table(rowsOf(sizes, total, 0), columns, { width })
}

const columns: readonly Column[] = [
  { align: 'right' },
  { align: 'right' },
  { least: 20, keeps: 'end' },
  {},
  { wraps: true },
]

function rowsOf(sizes: readonly PartSize[], total: number, depth: number): string[][] {
  const large = sizes.filter(({ bytes }) => bytes >= total * leastShare)
  const small = sizes.filter(({ bytes }) => bytes < total * leastShare)
  return [
    ...large.flatMap((size) => [row(size, total, depth), ...below(size, total, depth)]),
    ...(small.length > 0 && large.length + small.length > 1 ? [rest(small, total, depth)] : []),
  ]
}

function below({ parts = [] }: PartSize, total: number, depth: number): string[][] {
  return depth < deepest ? rowsOf(parts, total, depth + 1) : []
}

function row({ path, bytes, files, because, parts }: PartSize, total: number, depth: number): string[] {
  const isOne = files === 1 && !parts
  const why =
    because && because.length > 0 ? chalk.dim(`imported by ${because.map(plainLine).join(' → ')}`) : ''
  const many = isOne ? '' : chalk.dim(count(files, 'file'))
  return [...figures(bytes, total), `${'  '.repeat(depth)}${plainLine(path)}`, many, why]
}

function rest(sizes: readonly PartSize[], total: number, depth: number): string[] {
  const bytes = sizes.reduce((sum, each) => sum + each.bytes, 0)
  return [...figures(bytes, total), `${'  '.repeat(depth)}${chalk.dim(`${sizes.length} more`)}`]
}

function figures(bytes: number, total: number): [size: string, share: string] {
  const share = total === 0 ? 0 : Math.round((bytes / total) * 100)
  return [formatBytes(bytes), `${share}%`]
}
