import { Line } from './line.ts'
import type { Entry } from './message.ts'
import type { Order } from './order.ts'

/** The messages of a group in their order; deleted ones stay until those before them are deleted. */
interface Group {
  entries: Line<Entry>
  inFlight: number
  /** Whether it waits in the line of groups. */
  isOffered: boolean
}

/**
 * The order of a FIFO queue: while a message of a group is in flight, nobody receives another one of the group, except
 * in the same batch.
 */
export function fifoOrder(): Order {
  const groups = new Map<string, Group>()
  const offered = new Line<Group>()

  const groupOf = ({ message: { group: name = '' } }: Entry): Group => {
    const group = groups.get(name) ?? { entries: new Line<Entry>(), inFlight: 0, isOffered: false }
    groups.set(name, group)
    return group
  }
  const offer = (group: Group) => {
    if (group.isOffered || !isFree(group)) return
    group.isOffered = true
    offered.push(group)
  }
  const nextGroup = (): Group | undefined => {
    for (let group = offered.shift(); group; group = offered.shift()) {
      group.isOffered = false
      if (isFree(group)) return group
    }
    return undefined
  }
  return {
    arrived(entry) {
      const group = groupOf(entry)
      group.entries.push(entry)
      if (entry.state === 'inFlight') group.inFlight += 1
      offer(group)
    },
    changed(entry, before) {
      const group = groupOf(entry)
      if (before === 'inFlight') group.inFlight -= 1
      if (entry.state === 'inFlight') group.inFlight += 1
      while (group.entries.first?.state === 'gone') group.entries.shift()
      if (group.entries.isEmpty) groups.delete(entry.message.group ?? '')
      else offer(group)
    },
    begin() {
      let ready: Iterator<Entry> | undefined
      return () => {
        for (;;) {
          const found = ready?.next()
          if (found && !found.done) return found.value
          const group = nextGroup()
          if (!group) return undefined
          ready = readyIn(group)
        }
      }
    },
  }
}

function isFree({ entries, inFlight }: Group): boolean {
  return inFlight === 0 && entries.first?.state === 'ready'
}

/** The ready messages of a free group; a delayed one holds back those behind it. */
function* readyIn({ entries }: Group): Generator<Entry> {
  for (const entry of entries) {
    if (entry.state === 'delayed') return
    if (entry.state === 'ready') yield entry
  }
}
