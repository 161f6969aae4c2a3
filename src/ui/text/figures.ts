/** `1.2 MB`: powers of 1,000, with one decimal from a kilobyte on. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** `0:09`, `12:30`: whole seconds, rounded up. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `0:09`, `12:30`: elapsed whole seconds. */
export function formatElapsed(ms: number): string {
  return formatCountdown(Math.floor(ms / 1000) * 1000)
}

/** `1 file`, `3 files`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

/** A line that counts the left out entries of a list; none if it is complete. */
export function moreInJson(hidden: number, noun: string): string[] {
  return hidden > 0 ? [`… and ${count(hidden, `more ${noun}`)} (--json has all)`] : []
}
