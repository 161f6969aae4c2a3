import { fstatSync, writeSync } from 'node:fs'

const stderr = 2

export function isInGithubActions(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true'
}

/**
 * Makes the runner mask a text in everything that the job prints later. The runner learns the secret by that, so
 * nothing is printed if the output goes into a file, which no runner reads.
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
