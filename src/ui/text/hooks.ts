import type { TimedReleaseEvent } from '../../release/history/event.ts'

/** How many lines of a hook's output are shown if it did not pass; the journal has more. */
const shownLines = 10

/** The result of a hook, and the end of its output if it did not pass. */
export function hookLines(event: Extract<TimedReleaseEvent, { event: 'hook' }>): string[] {
  const name = `hook ${event.hook}`
  switch (event.state) {
    case 'started':
      return [`${name} started`]
    case 'passed':
      return [`${name} passed in ${event.seconds.toFixed(1)} s`]
    case 'stopped':
      return [`${name} stopped after ${event.seconds.toFixed(1)} s`]
    case 'failed':
    case 'inconclusive': {
      const lines = event.output.trimEnd().split('\n')
      const shown = lines.filter((line) => line.trim() !== '').slice(-shownLines)
      const how = `${event.state === 'failed' ? 'FAILED' : 'inconclusive'} after ${event.seconds.toFixed(1)} s`
      return [`${name} ${how}: ${event.reason}`, ...shown.map((line) => `  | ${line}`)]
    }
  }
}
