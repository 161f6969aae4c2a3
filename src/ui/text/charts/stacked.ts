import type { ChalkInstance } from 'chalk'
import chalk from 'chalk'

const eighths = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'] as const

/** The values of one layer, one for each column. */
interface Layer {
  values: readonly (number | undefined)[]
  paint: ChalkInstance
  /** A full cell without colours. */
  fill: string
}

/**
 * Two layers as bars of several rows, the first one at the bottom. With colours the top of a layer is told to an eighth of
 * a row; without them the layers differ by their filling. A column that nobody knows is empty.
 */
export function stacked(
  [lower, upper]: readonly [Layer, Layer],
  { rows, columns }: { rows: number; columns: number },
): { lines: string[]; highest: number } {
  const heights = Array.from({ length: columns }, (_, index) => {
    const first = lower.values[index] ?? 0
    return { first, all: first + (upper.values[index] ?? 0) }
  })
  const highest = Math.max(0, ...heights.map(({ all }) => all))
  const unit = highest === 0 ? 0 : (rows * 8) / highest
  const lines = Array.from({ length: rows }, (_, row) => {
    const floor = (rows - 1 - row) * 8
    return heights
      .map(({ first, all }) => {
        // Only 0 is empty, so that a little is seen.
        const edge = first > 0 ? Math.max(1, Math.round(first * unit)) : 0
        const top = all > 0 ? Math.max(1, edge, Math.round(all * unit)) : 0
        return cell({ edge: edge - floor, top: top - floor }, lower, upper)
      })
      .join('')
  })
  return { lines, highest }
}

/** One cell; the edge between the layers and the top are in eighths above its floor. */
function cell({ edge, top }: { edge: number; top: number }, lower: Layer, upper: Layer): string {
  if (top <= 0) return ' '
  if (edge >= 8) return lower.paint(lower.fill)
  if (edge > 0) {
    const part = eighths[Math.ceil(edge) - 1] ?? lower.fill
    // A cell has two colours at most: where both layers end in it, the lower one is shown.
    return top >= 8 && chalk.level > 0 ? onto(upper, lower.paint(part)) : lower.paint(part)
  }
  if (top >= 8) return upper.paint(chalk.level > 0 ? '█' : upper.fill)
  return upper.paint(chalk.level > 0 ? (eighths[Math.ceil(top) - 1] ?? '█') : upper.fill)
}

/** The upper layer is the background of the lower one's part. */
function onto({ paint }: Layer, text: string): string {
  return paint === chalk.blue ? chalk.bgBlue(text) : paint.inverse(text)
}
