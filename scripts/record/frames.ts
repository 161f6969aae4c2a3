/** The screens of a terminal over time. */

import xterm, { type IBufferCell, type IBufferLine } from '@xterm/headless'
import type { Chunk } from './scene.ts'

/** Cells side by side that look alike: `column` counts from 0, and each character has one cell. */
export interface Run {
  readonly column: number
  readonly text: string
  readonly style: string
}

/** A screen, from a time in milliseconds on. */
export interface Frame {
  readonly time: number
  readonly lines: readonly (readonly Run[])[]
}

/** The least time between two frames, in milliseconds: the eye sees no more, and the picture stays small. */
const leastGap = 200

/** The colours that the program uses, by their numbers in a terminal of 16. */
const colours: Readonly<Record<number, string>> = {
  1: 'red',
  2: 'green',
  3: 'yellow',
  4: 'blue',
  5: 'magenta',
  6: 'cyan',
  8: 'grey',
}

/** Shows the output on a terminal of this size; the last screen is always among the frames. */
export async function framesOf(
  chunks: readonly Chunk[],
  size: { readonly columns: number; readonly rows: number },
): Promise<Frame[]> {
  const terminal = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true })
  const frames: Frame[] = []
  for (const [index, { time, text }] of chunks.entries()) {
    await new Promise<void>((resolve) => terminal.write(text, resolve))
    const next = chunks[index + 1]?.time ?? Number.POSITIVE_INFINITY
    if (next - (frames.at(-1)?.time ?? 0) >= leastGap) frames.push({ time, lines: screenOf(terminal) })
  }
  return frames
}

function screenOf({ buffer, rows }: xterm.Terminal): Run[][] {
  const { active } = buffer
  return Array.from({ length: rows }, (_, row) => {
    const line = active.getLine(active.viewportY + row)
    return line === undefined ? [] : runsOf(line)
  })
}

function runsOf(line: IBufferLine): Run[] {
  const runs: Run[] = []
  for (let column = 0; column < line.length; column += 1) {
    const cell = line.getCell(column)
    if (cell === undefined) continue
    const style = styleOf(cell)
    const text = cell.getChars() || ' '
    const last = runs.at(-1)
    if (last?.style === style) runs.splice(-1, 1, { ...last, text: last.text + text })
    else runs.push({ column, text, style })
  }
  return runs.flatMap(withoutGaps)
}

/** Texts with one space between words, since not every viewer keeps more of them. */
function withoutGaps({ column, text, style }: Run): Run[] {
  return Array.from(text.matchAll(/\S+(?: \S+)*/g), (match) => ({
    column: column + match.index,
    text: match[0],
    style,
  }))
}

/** Classes of the picture: of the colour, and `bold` and `dim`. */
function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgDefault() ? undefined : colours[cell.getFgColor()]
  return [colour ?? [], cell.isBold() ? 'bold' : [], cell.isDim() ? 'dim' : []].flat().join(' ')
}
