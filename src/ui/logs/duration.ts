/** `3 ms`, `1,250 ms`, `12.3 s`: how long a request took, from milliseconds. */
export function durationText(ms: number): string {
  if (ms >= 9_999.5) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.max(1, Math.round(ms)).toLocaleString('en')} ms`
}

/** `late +3.2s`: how far up a line belongs, from milliseconds. */
export function lateText(ms: number): string {
  return `late +${(ms / 1000).toFixed(1)}s`
}
