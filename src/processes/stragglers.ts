import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { kill } from './group.ts'

/**
 * A process group, and how to know what has left it, as by `setsid`: a text that is in the variables of each of its processes,
 * and the namespaces that they are in, where those are their own. Without /proc (not on Linux) nothing that left is found.
 */
export interface Tracked {
  readonly leader: number
  readonly text: string
  readonly namespaces: Set<string>
}

/** More rounds than any program needs; one that goes on forking is faster than it can be ended. */
const mostRounds = 10
const kinds = ['user', 'mnt'] as const

/** @param text that nothing else has in its variables, such as a random id */
export function track(leader: number, text: string): Tracked {
  return { leader, text, namespaces: new Set() }
}

/** Notes the namespaces that the leader is in by now; to be called while it lives. */
export function noteNamespaces({ leader, namespaces }: Tracked): void {
  for (const kind of kinds) {
    const theirs = namespace(leader, kind)
    if (theirs !== undefined && theirs !== namespace('self', kind)) namespaces.add(theirs)
  }
}

/** Kills what has left one of the groups. What is killed cannot fork any more, so it ends when nothing new is found. */
export function killStragglers(groups: readonly Tracked[]): void {
  const killed = new Set<number>()
  for (let round = 0; round < mostRounds; round += 1) {
    const found = processes().filter((pid) => !killed.has(pid) && groups.some((group) => belongs(pid, group)))
    if (found.length === 0) return
    for (const pid of found) {
      kill(pid, 'SIGKILL')
      killed.add(pid)
    }
  }
}

function processes(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid)
}

function belongs(pid: number, { text, namespaces }: Tracked): boolean {
  if (namespaces.size > 0 && kinds.some((kind) => namespaces.has(namespace(pid, kind) ?? ''))) return true
  return variablesOf(pid).includes(text)
}

/** Of another user's process, or one that is gone, nothing is told. */
function variablesOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return ''
  }
}

function namespace(pid: number | 'self', kind: (typeof kinds)[number]): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`)
  } catch {
    return undefined
  }
}
