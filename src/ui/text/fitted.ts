import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** The width of a terminal in columns; a pipe has no end, and whoever reads from it wants whole lines. */
export function widthOf({ isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number {
  return isTTY && columns > 0 ? columns : Number.POSITIVE_INFINITY
}

/** A text whose lines end at words before the terminal's edge; what goes on stands deeper than the line that it belongs to. */
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
 * Breaks a line at its spaces. A command stays whole, also one that is too long: it is there to be copied.
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

/** Of nobody's alphabet: it stands for a space where no line may end. */
const unbreakable = '\uE000'

/** The text that people copy: in backticks, or at the end of a sentence after its colon, as next steps have it. */
const commands =
  /`[^`\n]+`|(?<=^|: |→ )(?:\$ |[A-Z_]+=\S+ )?(?:lambdactl|aws|cd|curl|echo|export|git|npm|npx|pip|sudo|uv|zip) (?:\\.|'[^']*'|"[^"]*"|[^,;()'"\\]|[,;()](?=[^\s,;()]))*(?=$|[,;()])/g

/** A time with its date, and a number with its unit. */
const figures = /\d{4}-\d\d-\d\d \d\d:\d\d|\d (?:[kMG]?B|ms|s|min|h)\b/g
