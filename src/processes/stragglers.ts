import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { kill } from './group.ts'

/**
 * A process group, and the means to find processes that left it, for example by `setsid`: a text in the variables of
 * each process, and the group's namespaces if they are its own. Without /proc (not on Linux) no such process is found.
 */
export interface Tracked extends Disposable {
  readonly leader: number
  readonly text: string
  /**
   * By name, as in `user:[4026532177]`: an open descriptor for each, since a new namespace may get the name of a
   * deleted one.
   */
  readonly namespaces: Map<string, number>
}

/** More rounds than any program needs; a program that keeps forking is faster than the kill. */
const mostRounds = 10
const kinds = ['user', 'mnt'] as const

/** @param text a unique text in the group's variables, such as a random id */
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

/** Notes the leader's present namespaces; call this while it lives. */
export function noteNamespaces({ leader, namespaces }: Tracked): void {
  for (const kind of kinds) {
    const name = namespace(leader, kind)
    if (name !== undefined && name !== namespace('self', kind) && !namespaces.has(name)) {
      hold(leader, kind, namespaces)
    }
  }
}

/** The namespace may have changed or ended by now. */
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

/**
 * Kills the processes that left one of the groups. A killed process can't fork any more, so this ends when no new
 * process is found.
 */
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

/** The variables of another user's process, or of an ended one, can't be read. */
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
