import type { Place, StoredEvent } from '../events.ts'
import type { LogStore } from '../log-store.ts'
import type { Span } from '../storage/event-table.ts'
import type { Group } from '../stored-group.ts'

/** An event with its group. */
export interface Found {
  group: Group
  event: StoredEvent
}

/** Events that are read at once; changes of the log may come between two reads. */
const page = 1000

/** The events of groups in a span, the newest first; of those at one time, the last group's first. */
export function* newestFirst(
  events: LogStore['events'],
  groups: readonly Group[],
  span: Span,
): Generator<Found, void> {
  const readers = groups.map((group) => ({ group, pages: inPages(events, group, span) }))
  const heads = readers.map(({ group, pages }) => ({ group, pages, event: nextOf(pages) }))
  for (;;) {
    const newest = heads.reduce<(typeof heads)[number] | undefined>((best, head) => {
      if (!head.event) return best
      return best?.event && best.event.timestamp > head.event.timestamp ? best : head
    }, undefined)
    if (!newest?.event) return
    yield { group: newest.group, event: newest.event }
    newest.event = nextOf(newest.pages)
  }
}

function nextOf(pages: Generator<StoredEvent, void>): StoredEvent | undefined {
  const { value, done } = pages.next()
  return done ? undefined : value
}

function* inPages(
  events: LogStore['events'],
  group: Group,
  { from, to }: Span,
): Generator<StoredEvent, void> {
  for (let end: Place = to; ; ) {
    const read = firstOf(events.inGroup(group, { from, to: end }, true), page)
    yield* read
    const last = read.at(-1)
    if (!last || read.length < page) return
    end = last
  }
}

function firstOf(events: Iterable<StoredEvent>, most: number): StoredEvent[] {
  const found: StoredEvent[] = []
  for (const event of events) {
    found.push(event)
    if (found.length === most) break
  }
  return found
}
