import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { kill } from './group.ts'

/**
 * A process group, and how to know what has left it, as by `setsid`: a text that is in the variables of each of its processes,
 * and the namespaces that they are in, where those are their own. Without /proc (not on Linux) nothing that left is found.
 */
export interface Tracked extends Disposable {
  readonly leader: number
  readonly text: string
  /** By their names, as `user:[4026532177]`: a descriptor that holds each, since the name of one that is gone goes to another. */
  readonly namespaces: Map<string, number>
}

/** More rounds than any program needs; one that goes on forking is faster than it can be ended. */
const mostRounds = 10
const kinds = ['user', 'mnt'] as const

/** @param text that nothing else has in its variables, such as a random id */
export function track(leader: number, text: string): Tracked {
  const namespaces = new Map<string, number>()
  return {
    leader,
    text,
    namespaces,
    [Symbol.dispose]() {
      for (const descriptor of namespaces.values()) closeSync(descriptor)
      namespaces.clear()
    },
  }
}

/** Notes the namespaces that the leader is in by now; to be called while it lives. */
export function noteNamespaces({ leader, namespaces }: Tracked): void {
  for (const kind of kinds) {
    const name = namespace(leader, kind)
    if (name !== undefined && name !== namespace('self', kind) && !namespaces.has(name)) {
      hold(leader, kind, namespaces)
    }
  }
}

/** It may be another one by now, or gone. */
function hold(leader: number, kind: (typeof kinds)[number], namespaces: Map<string, number>): void {
  try {
    const descriptor = openSync(`/proc/${leader}/ns/${kind}`, 'r')
    const name = `${kind}:[${fstatSync(descriptor).ino}]`
    if (namespaces.has(name) || name === namespace('self', kind)) closeSync(descriptor)
    else namespaces.set(name, descriptor)
  } catch {
    // The process has ended meanwhile.
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
