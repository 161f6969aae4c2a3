import type { Schedule } from './schedule.ts'

/** Notes which events a tail wrote, and when. */
export interface Arrivals {
  /** Takes output as it comes. */
  take: (text: string) => void
  /** When an event came, milliseconds since the epoch; NaN for one that did not. */
  at: (group: number, index: number) => number
  /** Events that came more than once. */
  twice: () => number
  /** Events on time that came after a later one. */
  inverted: () => number
  /** Events that did not come although they could be read before a time. */
  missing: (readableBefore: number) => number
}

export function arrivals(groups: readonly Schedule[]): Arrivals {
  const times = groups.map(({ count }) => new Float64Array(count).fill(Number.NaN))
  let rest = ''
  let twice = 0
  let inverted = 0
  let newest = 0
  const note = (number: number, index: number, now: number) => {
    const group = groups[number]
    const at = times[number]
    if (!group || at?.[index] === undefined) return
    if (!Number.isNaN(at[index])) {
      twice += 1
      return
    }
    at[index] = now
    const time = group.timestamp(index)
    if (group.readable(index) !== time) return
    if (time < newest) inverted += 1
    newest = Math.max(newest, time)
  }
  return {
    take(text) {
      const now = Date.now()
      const whole = rest + text
      const end = whole.lastIndexOf('\n') + 1
      rest = whole.slice(end)
      for (const [, group, index] of whole.slice(0, end).matchAll(/#(\d+)\.(\d+)#/g))
        note(Number(group), Number(index), now)
    },
    at: (group, index) => times[group]?.[index] ?? Number.NaN,
    twice: () => twice,
    inverted: () => inverted,
    missing: (readableBefore) =>
      groups.reduce((sum, { readable }, group) => {
        const isMissing = (at: number, index: number) => Number.isNaN(at) && readable(index) < readableBefore
        return (
          sum + (times[group]?.reduce((count, at, index) => count + Number(isMissing(at, index)), 0) ?? 0)
        )
      }, 0),
  }
}
