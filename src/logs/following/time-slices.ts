/** A part of a span of time; milliseconds since the epoch. */
export interface TimeSlice {
  since: number
  /** Exclusive; undefined for the last part, which has no end. */
  until: number | undefined
}

/** Parts of the same length of all that is from `since` on; `now` is the time up to which most events lie. */
export function timeSlices(since: number, now: number, count: number): TimeSlice[] {
  const length = Math.floor((now - since) / count)
  if (length < 1) return [{ since, until: undefined }]
  return Array.from({ length: count }, (_, at) => ({
    since: since + at * length,
    until: at === count - 1 ? undefined : since + (at + 1) * length,
  }))
}

/** Learns from the pages of a read into how many parts the next one of its kind is to be split. */
export interface PageSizes {
  /** Notes a page. */
  page(events: number, isLast: boolean): void
  /** The number of pages that as many events as those of the last read need. */
  needed(): number
  /** Notes the end of a read. */
  finish(): void
}

/** More calls side by side would take the turns of other groups. */
const mostSlices = 4

export function pageSizes(): PageSizes {
  let full = Number.POSITIVE_INFINITY
  let events = 0
  let last = 0
  return {
    page(count, isLast) {
      // An empty page with a token says nothing about the size of a full one.
      if (!isLast && count > 0) full = count
      events += count
    },
    needed: () => Math.min(mostSlices, Math.max(1, Math.ceil(last / full))),
    finish() {
      last = events
      events = 0
    },
  }
}
