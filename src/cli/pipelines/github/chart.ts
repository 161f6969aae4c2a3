import { markdownFence } from '../../../ui/text/markdown/markdown.ts'
import { momentOf } from '../../../ui/text/time.ts'
import type { Course } from '../course.ts'

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
