const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const none = '·'

/**
 * Values as bars of one row: `▁▂▅█·`. The lowest bar is 0, and a dot is a value that nobody knows.
 *
 * @param values at least 0
 * @param top the value of the highest bar; default: the highest value
 */
export function sparkline(values: readonly (number | undefined)[], top = highest(values)): string {
  return values.map((value) => (value === undefined ? none : barOf(value, top))).join('')
}

function highest(values: readonly (number | undefined)[]): number {
  return Math.max(0, ...values.map((value = 0) => value))
}

/** Only 0 has the lowest bar, so that a little is seen. */
function barOf(value: number, top: number): string {
  if (value <= 0 || top <= 0) return bars[0]
  const step = Math.ceil((value / top) * (bars.length - 1))
  return bars[Math.min(step, bars.length - 1)] ?? bars[0]
}
