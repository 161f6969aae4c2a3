import chalk from 'chalk'
import type { FilePatch } from '../../../release/changes/code-changes.ts'
import type { FunctionDiff } from '../../../release/changes/function-diff.ts'
import { moreInJson } from '../../text/figures.ts'
import { plain, plainLine } from '../../text/plain.ts'

/** The most files of one comparison, and the most lines of one file; `--json` has all. */
const mostFiles = 60
const mostLines = 400

/** The differences of a function's code, and those of its drift; empty if they were not requested. */
export function patchTexts({ against, state, patch = [], drift }: FunctionDiff): string[] {
  const base = against === '$LATEST' ? against : `version ${against}`
  return [
    ...(state === 'missing' || patch.length === 0 ? [] : [patchText(`\n${base} → the code here`, patch)]),
    ...(drift?.patch && drift.patch.length > 0
      ? [patchText(`\ndrift: version ${drift.since} → $LATEST`, drift.patch)]
      : []),
  ]
}

/** Each file after a line with its name; several lines. */
export function patchText(title: string, patches: readonly FilePatch[]): string {
  const more = patches.length - mostFiles
  return [
    chalk.bold(title),
    ...patches.slice(0, mostFiles).flatMap(fileLines),
    ...moreInJson(more, 'file').flatMap((line) => ['', chalk.dim(line)]),
  ].join('\n')
}

function fileLines({ path, madeInto, text }: FilePatch): string[] {
  const name = chalk.bold(plainLine(path))
  const from = madeInto === undefined ? '' : chalk.dim(` (a source of ${plainLine(madeInto)})`)
  const lines = harmless(plain(text)).trimEnd().split('\n')
  const more = lines.length - mostLines
  return [
    '',
    `${name}${from}`,
    ...lines.slice(0, mostLines).map(colouredLine),
    ...moreInJson(more, 'line').map((line) => chalk.dim(line)),
  ]
}

function colouredLine(line: string): string {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return chalk.bold(line)
  if (line.startsWith('@@')) return chalk.cyan(line)
  if (line.startsWith('+')) return chalk.green(line)
  return line.startsWith('-') ? chalk.red(line) : line
}

/** A CI would take such a line as a command, even after spaces. */
function harmless(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replace(/##(?=(?:vso)?\[)/g, '## ')
}
