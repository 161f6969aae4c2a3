import chalk from 'chalk'
import { count, formatBytes } from './figures.ts'
import { plainLine } from './plain.ts'
import { type WeightView, weightsText } from './weights-text.ts'

/** The facts that the text of a package shows. */
export interface PackageView {
  function: string
  digest: string
  zippedBytes: number
  unzippedBytes: number
  files: number
  largest: readonly { path: string; bytes: number }[]
  leftOut: readonly string[]
  notes: readonly string[]
  weights?: readonly WeightView[]
  out: string | undefined
}

/** How far packaging is; bytes are unzipped. */
export interface ProgressView {
  files: number
  totalFiles: number
  bytes: number
  totalBytes: number
}

/** `packaging: 12000 of 50000 files, 51.2 MB of 214.0 MB`. */
export function progressText({ files, totalFiles, bytes, totalBytes }: ProgressView): string {
  return `packaging: ${files} of ${count(totalFiles, 'file')}, ${formatBytes(bytes)} of ${formatBytes(totalBytes)}`
}

/** A package for a person, several lines. */
export function packageText({
  function: name,
  digest,
  zippedBytes,
  unzippedBytes,
  files,
  largest,
  leftOut,
  notes,
  weights,
  out,
}: PackageView): string {
  const lines = [
    chalk.bold(name),
    `  digest   ${digest}`,
    `  size     ${formatBytes(zippedBytes)} zipped, ${formatBytes(unzippedBytes)} unzipped, ${count(files, 'file')}`,
    ...largest.map(
      ({ path, bytes }, index) =>
        `  ${index === 0 ? 'largest' : '       '}  ${formatBytes(bytes).padStart(9)}  ${plainLine(path)}`,
    ),
    ...leftOut.map((path) => `  ${chalk.yellow('left out')} ${plainLine(path)}: it looks like a secret`),
    ...notes.map((note) => `  note     ${plainLine(note)}`),
    ...(weights ? weightsText(weights).map((line) => `  ${line}`) : []),
    ...(out === undefined ? [] : [`  written  ${out}`]),
  ]
  return lines.join('\n')
}
