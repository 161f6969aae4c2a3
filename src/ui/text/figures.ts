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
