import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** The width of a terminal in columns; infinite for a pipe, whose reader wants whole lines. */
export function widthOf({ isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number {
  return isTTY && columns > 0 ? columns : Number.POSITIVE_INFINITY
}

/**
 * A text whose lines wrap at words before the terminal's edge; continuation lines are indented more than their line.
 */
export function fitted(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => fittedLine(line, width))
    .join('\n')
}

function fittedLine(line: string, width: number): string[] {
  if (stringWidth(line) <= width) return [line]
  const [lead = ''] = /^\s*/.exec(line) ?? []
  const indent = ' '.repeat(Math.min(lead.length + 2, Math.floor(width / 3)))
  const [first = '', ...others] = wrapped(line.slice(lead.length), width - lead.length)
  const rest = others.length > 0 ? wrapped(others.join(' '), width - indent.length) : []
  return [`${lead}${first}`, ...rest.map((part) => `${indent}${part}`)]
}

/**
 * Breaks a line at its spaces. A command stays whole even if it is too long, so that it can be copied.
 *
 * @param width in columns
 */
export function wrapped(line: string, width: number): string[] {
  if (width === Number.POSITIVE_INFINITY) return [line]
  const kept = [commands, figures].reduce(
    (text, whole) => text.replace(whole, (words) => words.replaceAll(' ', unbreakable)),
    line,
  )
  const lines = wrapAnsi(kept, Math.max(1, width), { trim: true }).replaceAll(unbreakable, ' ')
  return lines.split('\n').map((part) => part.trimEnd())
}

/** A private character: it replaces a space where no line may break. */
const unbreakable = '\uE000'

/** Text to copy: in backticks, or after the colon at the end of a next step. */
const commands =
  /`[^`\n]+`|(?<=^|: |→ )(?:\$ |[A-Z_]+=\S+ )?(?:lambdactl|aws|cd|curl|echo|export|git|npm|npx|pip|sudo|uv|zip) (?:\\.|'[^']*'|"[^"]*"|[^,;()'"\\]|[,;()](?=[^\s,;()]))*(?=$|[,;()])/g

/** A time with its date, and a number with its unit. */
const figures = /\d{4}-\d\d-\d\d \d\d:\d\d|\d (?:[kMG]?B|ms|s|min|h)\b/g
