/** The figures from which a group's events follow. Times are milliseconds since the epoch. */
export interface Written {
  group: string
  /** The number that its lines tell. */
  number: number
  from: number
  until: number
  perSecond: number
  /** Every tenth event can be read only so much after its time, milliseconds. */
  lateMs: number
  /** One more line, in the middle of the time, is dated this far ahead; milliseconds. */
  aheadMs: number
}

/** The events of a group. They are never kept: the index of an event tells all of it. */
export interface Schedule {
  written: Written
  count: number
  timestamp: (index: number) => number
  /** The time from which an event can be read. */
  readable: (index: number) => number
  isLate: (index: number) => boolean
  /** The first event of this time or a later one, of those that are not dated ahead. */
  first: (time: number) => number
}

export function schedule(written: Written): Schedule {
  const { from, until, perSecond, lateMs, aheadMs } = written
  const regular = Math.max(0, Math.floor(((until - from) * perSecond) / 1000))
  const middle = Math.round((from + until) / 2)
  const isLate = (index: number) => lateMs > 0 && index % 10 === 9 && index < regular
  const timestamp = (index: number) =>
    index < regular ? from + Math.floor((index * 1000) / perSecond) : middle + aheadMs
  return {
    written,
    count: regular + (aheadMs > 0 ? 1 : 0),
    timestamp,
    readable: (index) => (index < regular ? timestamp(index) + (isLate(index) ? lateMs : 0) : middle),
    isLate,
    first: (time) => Math.min(regular, Math.max(0, Math.ceil(((time - from) * perSecond) / 1000))),
  }
}
