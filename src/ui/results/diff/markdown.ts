import type { FunctionDiff } from '../../../release/changes/function-diff.ts'
import { count } from '../../text/figures.ts'
import { markdownFence, markdownTable, markdownText } from '../../text/markdown/markdown.ts'
import { plain } from '../../text/plain.ts'
import { type DiffAdvice, diffText, headline } from './diff.ts'
import { patchTexts } from './patch.ts'

/**
 * GitHub refuses a comment of more than 65,536 characters (docs.github.com, 28 November 2026); a few are left for what a
 * workflow puts around it, and for texts that grow when commands in them are made harmless.
 */
const longest = 60_000
/** The longest line of a patch: a minified file has lines of a megabyte. */
const longestLine = 400
/** The most rows of the table. */
const mostRows = 200

/** The comparison of one function, with the advice for it. */
export interface ShownDiff {
  diff: FunctionDiff
  advice: DiffAdvice
}

/**
 * The changes that a deploy would make as Markdown, for the comment of a pull request: a table of all functions, and
 * below it the changes of each, folded. It begins with a comment by which a job finds its own comment again.
 *
 * @param command shows everything that was cut
 */
export function diffMarkdown(shown: readonly ShownDiff[], environment: string, command: string): string {
  const rows = shown.slice(0, mostRows).map(({ diff }) => rowOf(diff))
  const more = shown.length - rows.length
  const head = [
    `<!-- lambdactl diff ${environment.replace(/[^\w.-]/g, ' ')} -->`,
    `### lambdactl: the changes of a deploy to ${markdownText(environment)}`,
    '',
    ...markdownTable(['Function', 'Changes', 'A deploy'], rows),
    ...(more > 0 ? ['', `… and ${count(more, 'more function')}`] : []),
  ].join('\n')
  const cut = `\n\nThe rest does not fit into a comment. See it with ${markdownText(command)}`
  let text = head
  for (const { diff, advice } of shown.filter((each) => isChanged(each.diff))) {
    const room = longest - text.length - cut.length
    const details = detailsOf(diff, advice, room)
    if (details === undefined) return text + cut
    text += details
  }
  return text
}

function rowOf(diff: FunctionDiff): string[] {
  return [markdownText(diff.function), markdownText(headline(diff)), effectOf(diff)]
}

function effectOf({ stop, state, deploys, attachments, drift }: FunctionDiff): string {
  if (stop) return '**would stop**, exit code 6'
  if (state === 'missing') return 'creates it'
  if (deploys) return 'publishes a version'
  if (attachments.length > 0) return 'applies settings'
  return drift ? 'has nothing to do, but $LATEST was changed by hand' : 'has nothing to do'
}

function isChanged({ deploys, attachments, drift, stop, codeUnknown }: FunctionDiff): boolean {
  return (
    deploys ||
    attachments.length > 0 ||
    drift !== undefined ||
    stop !== undefined ||
    codeUnknown !== undefined
  )
}

/** The folded changes of a function, cut to the room; undefined if they have none. */
function detailsOf(diff: FunctionDiff, advice: DiffAdvice, room: number): string | undefined {
  const name = plain(diff.function).replace(/[&<>]/g, ' ')
  const [, ...lines] = plain(diffText(diff, advice)).split('\n')
  const patches = plain(patchTexts(diff).join('\n')).split('\n')
  const all = [...lines.map(markedLine), ...(patches.length > 1 ? patches : [])].map(shortLine)
  const wrap = (content: readonly string[]) =>
    `\n\n<details><summary>${name}</summary>\n\n${markdownFence(content.join('\n'), 'diff')}\n\n</details>`
  if (wrap(all).length <= room) return wrap(all)
  const some = all.slice(0, fitting(all, room - wrap(['']).length - mostFence))
  const rest = `… and ${count(all.length - some.length, 'more line')}`
  return some.length === 0 ? undefined : wrap([...some, rest])
}

/** Room for two long fences and the line that counts the rest. */
const mostFence = 2 * longestLine + 40

/** The number of the first lines that fit into so many characters. */
function fitting(lines: readonly string[], room: number): number {
  let size = 0
  const past = lines.findIndex((line) => (size += line.length + 1) > room)
  return past === -1 ? lines.length : past
}

/** In a block of the language `diff`, a sign at the start colours its line. */
function markedLine(line: string): string {
  const marked = line.replace(/^ {2}(?=[+~-] )/, '')
  return marked.startsWith('~') ? `!${marked.slice(1)}` : marked
}

function shortLine(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine).toWellFormed()}…` : line
}
