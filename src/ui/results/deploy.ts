import type { ReleaseResult } from '../../workflows/run/release-result.ts'
import { formatMoment } from '../text/time.ts'

/** Gives a command line about the release: `canary resume` and more flags. */
type CommandLine = (verb: string, ...more: string[]) => string

/** The result of a release for a person: one line, and the next steps if the release was left. */
export function deployText(result: ReleaseResult, alias: string, commandLine: CommandLine): string {
  return `${result.function}: ${wordsOf(result, alias, commandLine)}`
}

function wordsOf(
  { outcome, version, previous, next, last }: ReleaseResult,
  alias: string,
  commandLine: CommandLine,
): string {
  switch (outcome) {
    case 'released':
      return `version ${version} has 100% of ${alias}${previous === undefined ? '' : ` (before: ${previous})`}`
    case 'unchanged':
      return `nothing to deploy, ${alias} is on version ${version}`
    case 'configured':
      return `nothing to publish, ${alias} is on version ${version}; its settings were applied`
    case 'idle':
      return idleWords(version, alias, last)
    case 'planned':
      return 'planned only, nothing was changed'
    case 'waiting': {
      const due = next === undefined ? '' : ` at ${formatMoment(next)}`
      return `version ${version} goes on${due}; carry it on with: ${commandLine('canary resume')}${waysOn(commandLine)}`
    }
  }
}

function idleWords(version: string | undefined, alias: string, last: string | undefined): string {
  if (version === undefined) return `no release is in progress: ${last}`
  const where = `no release is in progress, ${alias} is on version ${version}`
  return last === undefined ? where : `${where}. ${last}`
}

/** Next commands for a release that its process left: nobody watches its gates until a process carries it on. */
function waysOn(commandLine: CommandLine): string {
  const ways = [
    ['Carry it on with a scheduled job', commandLine('canary resume', '--detach')],
    ['See its state', commandLine('canary status')],
    ['End it', commandLine('canary abort')],
  ]
  return ['', ...ways.map(([what, command]) => `  → ${what}: ${command}`)].join('\n')
}
