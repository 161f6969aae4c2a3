import chalk from 'chalk'
import { count, formatBytes } from './figures.ts'
import { plainLine } from './plain.ts'

/** The weight of one part of a package, and of its own parts. */
export interface WeightView {
  path: string
  bytes: number
  files: number
  because?: readonly string[]
  parts?: readonly WeightView[]
}

/** Parts that are lighter than this share of the package are summed up. */
const leastShare = 0.01
const deepest = 4

/** A tree of parts and their weights, heaviest first, a line each. */
export function weightsText(weights: readonly WeightView[]): string[] {
  const total = weights.reduce((sum, { bytes }) => sum + bytes, 0)
  return linesOf(weights, total, 0)
}

function linesOf(weights: readonly WeightView[], total: number, depth: number): string[] {
  const heavy = weights.filter(({ bytes }) => bytes >= total * leastShare)
  const light = weights.filter(({ bytes }) => bytes < total * leastShare)
  return [
    ...heavy.flatMap((weight) => [line(weight, total, depth), ...below(weight, total, depth)]),
    ...(light.length > 0 && heavy.length + light.length > 1 ? [rest(light, total, depth)] : []),
  ]
}

function below({ parts = [] }: WeightView, total: number, depth: number): string[] {
  return depth < deepest ? linesOf(parts, total, depth + 1) : []
}

function line({ path, bytes, files, because, parts }: WeightView, total: number, depth: number): string {
  const isOne = files === 1 && !parts
  const many = isOne ? '' : chalk.dim(`  ${count(files, 'file')}`)
  const why =
    because && because.length > 0 ? chalk.dim(`  imported by ${because.map(plainLine).join(' → ')}`) : ''
  return `${figures(bytes, total)}  ${'  '.repeat(depth)}${plainLine(path)}${many}${why}`
}

function rest(weights: readonly WeightView[], total: number, depth: number): string {
  const bytes = weights.reduce((sum, each) => sum + each.bytes, 0)
  return `${figures(bytes, total)}  ${'  '.repeat(depth)}${chalk.dim(`${weights.length} more`)}`
}

function figures(bytes: number, total: number): string {
  const share = total === 0 ? 0 : Math.round((bytes / total) * 100)
  return `${formatBytes(bytes).padStart(9)} ${`${share}%`.padStart(4)}`
}
