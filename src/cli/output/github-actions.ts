import { fstatSync, writeSync } from 'node:fs'

const stderr = 2

export function isInGithubActions(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true'
}

/**
 * Has the runner mask a text in all that the job prints from then on. It takes a secret for that, so nothing is said where the
 * output goes into a file, which no runner reads.
 */
export function tellRunnerToMask(text: string): void {
  if (!isInGithubActions()) return
  const output = fstatSync(stderr)
  if (!output.isFIFO() && !output.isSocket()) return
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  writeSync(stderr, lines.map((line) => `::add-mask::${line.replaceAll('%', '%25')}\n`).join(''))
}

/** A text in which the runner finds no command: it reads `::…` at the start of a line, and `##[…` anywhere. */
export function withoutCommands(text: string): string {
  if (!isInGithubActions()) return text
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '# #[')
}
