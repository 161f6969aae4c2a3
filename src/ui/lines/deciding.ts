import type { ReleaseEvent } from '../../release/history/event.ts'
import { plainLine } from '../text/plain.ts'

type Deciding = Extract<ReleaseEvent, { event: 'deciding' }>

/** The effect of a person's coming decision, and its figures; one on each line. */
export function decidingLines({ verb, effect, waiting, verdict }: Deciding): string[] {
  return [
    `${verb === 'step' ? 'promote --step' : verb}: ${effect}`,
    ...(waiting === undefined ? [] : [`the release was paused until now: ${waiting}`]),
    ...(verdict
      ? [`its gates now: ${verdict.outcome}, ${verdict.reason}${consequence(verb, verdict.outcome)}`]
      : []),
  ].map(plainLine)
}

function consequence(verb: Deciding['verb'], outcome: string): string {
  if (verb !== 'approve') return ''
  if (outcome === 'fail') return '; the process that carries it on rolls it back'
  return outcome === 'pass' ? '' : "; if they still can't decide at the end, it pauses again"
}
