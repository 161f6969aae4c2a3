import { momentOf } from '../time.ts'
import { markdownFence } from './markdown.ts'

/** A candidate's traffic over time. */
interface Course {
  alias: string
  candidate: string
  /** The moments at which its traffic changed, or is to change; the oldest first. */
  moments: readonly {
    /** Milliseconds since the epoch. */
    time: number
    percent: number
    is: 'made' | 'planned'
  }[]
}

/**
 * A chart of the candidate's traffic in Mermaid, which GitHub and GitLab draw: a bar for each share that was given, and
 * a line over the whole plan.
 */
export function courseChart({ alias, candidate, moments }: Course): string {
  const times = moments.map(({ time }) => JSON.stringify(momentOf(time, 's').clock))
  const given = moments.map(({ is, percent }) => (is === 'made' ? percent : 0))
  const lines = [
    'xychart-beta',
    `  title ${label(`Traffic of version ${candidate} at ${alias}`)}`,
    `  x-axis [${times.join(', ')}]`,
    '  y-axis "percent" 0 --> 100',
    `  bar [${given.join(', ')}]`,
    `  line [${moments.map(({ percent }) => percent).join(', ')}]`,
  ]
  return markdownFence(lines.join('\n'), 'mermaid')
}

/** A text in quotes, without any that Mermaid would read as its own. */
function label(text: string): string {
  return `"${text.replace(/[^\w$.: -]/g, ' ')}"`
}
