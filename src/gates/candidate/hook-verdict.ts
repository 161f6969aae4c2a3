import type { CommandEnding, HookPoint } from '../../release/plan/hooks.ts'
import type { Verdict } from '../../release/values/observed.ts'

/** EX_TEMPFAIL of sysexits.h: "the user is invited to retry". */
const tryAgainLater = 75

/** The most characters of a hook's last line that a reason quotes: the release record has little room. */
const longestQuote = 120

/**
 * Returns the verdict of a hook by its exit code: 0 passes, 75 and a time-out are inconclusive, and everything else
 * fails.
 *
 * @param output of the command, without control characters
 * @param timeout as people write it
 */
export function hookVerdict(
  hook: HookPoint,
  ending: CommandEnding,
  output: string,
  timeout: string,
): Verdict {
  const outcome = outcomeOf(ending)
  if (outcome === 'pass') return { outcome, reason: `hook ${hook} passed` }
  const last = lastLine(output)
  return { outcome, reason: `hook ${hook} ${wordsOf(ending, timeout)}${last && `: ${last}`}` }
}

function outcomeOf(ending: CommandEnding): Verdict['outcome'] {
  switch (ending.how) {
    case 'exited':
      return ending.code === 0 ? 'pass' : ending.code === tryAgainLater ? 'inconclusive' : 'fail'
    case 'timed-out':
    case 'stopped':
      return 'inconclusive'
    case 'killed':
    case 'not-started':
      return 'fail'
  }
}

function wordsOf(ending: CommandEnding, timeout: string): string {
  switch (ending.how) {
    case 'exited':
      return `exited with ${ending.code}`
    case 'killed':
      return `was ended by ${ending.signal}`
    case 'timed-out':
      return `was not done within ${timeout}`
    case 'stopped':
      return 'was stopped'
    case 'not-started':
      return `could not be started: ${ending.reason}`
  }
}

function lastLine(output: string): string {
  const line = output.trimEnd().split('\n').at(-1)?.trim() ?? ''
  return line.length > longestQuote ? `${line.slice(0, longestQuote - 1).toWellFormed()}…` : line
}
