import { plain, plainLine } from '../plain.ts'

/** Text in a cell of a table or in a line of a list: it begins no column, row, mark-up, link or mention of its own. */
export function markdownText(text: string): string {
  return (
    plainLine(text)
      .replace(/[\r\n]+/g, ' ')
      .replace(/[\\|<>`*_[\]~&#!$]/g, (mark) => `\\${mark}`)
      // A joiner of no width: without it, GitHub and GitLab notify the person or the team of that name.
      .replace(/@(?=\w)/g, '@\u2060')
  )
}

/** A table in Markdown; its cells are Markdown already. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

/**
 * A block of code that its content can't end: its fence is longer than each of the content's. Characters that all output
 * drops are dropped before, since a run of backticks would be longer without them.
 */
export function markdownFence(content: string, language = ''): string {
  const text = plain(content)
  let longest = 2
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
