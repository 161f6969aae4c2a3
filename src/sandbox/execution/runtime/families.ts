import { readdirSync, readFileSync } from 'node:fs'
import { startTimeOf } from '../../../processes/start-time.ts'

/** The greatest age of the list of processes, in milliseconds. */
const freshFor = 250

/** A process of a family, identified together with its start time. */
export interface Member {
  pid: number
  /** In clock ticks since the machine started. */
  started: string
}

/**
 * Finds the processes that handlers start: those of the handler's process group, and the descendants of its family. A
 * process is looked at once, when it is new. One that left the group and whose parent ended before that look is not
 * found, and without /proc (not on Linux) none is.
 */
export interface Families {
  /** Call this when a leader of the family has started, with the number of its process and its group. */
  add(leader: number, family: string): void
  remove(leader: number): void
  /** The present processes of a family. */
  membersOf(family: string): Member[]
}

interface Seen extends Member {
  /** Undefined for the processes of others. */
  family: string | undefined
}

export function createFamilies(): Families {
  /** The families of their leaders. */
  const leaders = new Map<number, string>()
  const seen = new Map<number, Seen>()
  let listed = Number.NEGATIVE_INFINITY
  const look = (pid: number): Seen => {
    const { parent, group, started } = statOf(pid) ?? { parent: 0, group: 0, started: '' }
    return { pid, started, family: leaders.get(group) ?? seen.get(parent)?.family }
  }
  const list = () => {
    listed = performance.now()
    const present = new Set(processes())
    for (const pid of seen.keys()) if (!present.has(pid)) seen.delete(pid)
    // A child has a higher number than its parent, except once when the numbers start again.
    for (const pid of present) if (!seen.has(pid)) seen.set(pid, look(pid))
  }
  return {
    add(leader, family) {
      leaders.set(leader, family)
      seen.set(leader, { pid: leader, started: startTimeOf(leader) ?? '', family })
    },
    remove(leader) {
      leaders.delete(leader)
      seen.delete(leader)
    },
    membersOf(family) {
      if (performance.now() - listed > freshFor) list()
      return [...seen.values()].filter((each) => each.family === family)
    },
  }
}

function processes(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1)
    .toSorted((left, right) => left - right)
}

/** Undefined for a process that has ended. */
function statOf(pid: number): { parent: number; group: number; started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The process name before these fields, in brackets, may hold any character.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), group: Number(fields[2]), started: fields[19] ?? '' }
  } catch {
    return undefined
  }
}
