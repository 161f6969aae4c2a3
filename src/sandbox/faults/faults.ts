import { checkFault, hits } from './check-fault.ts'
import type { Fault, FaultKind, FaultSpec } from './fault.ts'

/** The faults of a sandbox: set from outside, asked for where something could fail. */
export interface Faults {
  /** @throws LambdactlError USAGE */
  add(spec: FaultSpec): Fault
  /** The oldest first. */
  list(): Fault[]
  /** Ends a fault, or all. @returns the faults that were ended */
  clear(id?: number): Fault[]
  /**
   * Counts and returns the oldest fault of a kind that hits something of these names; undefined if none does.
   *
   * @param subjects the names of the resource, for faults that are narrowed to one; default: none
   */
  strike(kind: FaultKind, names: readonly string[], subjects?: () => readonly string[]): Fault | undefined
  /** Calls the listener with each new fault. */
  onAdd(listener: (fault: Fault) => void): void
  /** Calls the listener with faults that were cleared by a person. */
  onClear(listener: (cleared: readonly Fault[]) => void): void
}

/** A sandbox that never fails on demand. */
export const noFaults: Pick<Faults, 'strike'> = { strike: () => undefined }

interface Options {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** The operations that can fail, each by `service:Operation`. */
  operations?: () => readonly string[]
}

export function createFaults({ clock, operations = () => [] }: Options): Faults {
  const faults = new Map<number, Fault>()
  const added: ((fault: Fault) => void)[] = []
  const listeners: ((cleared: readonly Fault[]) => void)[] = []
  let lastId = 0
  const dropOver = () => {
    for (const { id, until = Infinity } of faults.values()) if (until <= clock()) faults.delete(id)
  }
  return {
    add(spec) {
      const fault = faultOf(checkFault(spec, operations()), ++lastId, clock())
      faults.set(fault.id, fault)
      for (const listener of added) listener(fault)
      return shown(fault, clock())
    },
    list() {
      dropOver()
      return Array.from(faults.values(), (fault) => shown(fault, clock()))
    },
    clear(id) {
      dropOver()
      const cleared = [...faults.values()].filter((fault) => id === undefined || fault.id === id)
      for (const fault of cleared) faults.delete(fault.id)
      for (const listener of listeners) listener(cleared)
      return cleared
    },
    strike(kind, names, subjects = () => []) {
      if (faults.size === 0) return undefined
      dropOver()
      const fault = [...faults.values()].find(
        (each) => each.kind === kind && hits(each.target, names) && isAbout(each, subjects),
      )
      if (!fault) return undefined
      fault.struck += 1
      if (fault.timesLeft !== undefined) fault.timesLeft -= 1
      if (fault.timesLeft === 0) faults.delete(fault.id)
      return fault
    },
    onAdd: (listener) => void added.push(listener),
    onClear: (listener) => void listeners.push(listener),
  }
}

function shown(fault: Fault, now: number): Fault {
  return fault.until === undefined ? { ...fault } : { ...fault, leftMs: Math.max(0, fault.until - now) }
}

function isAbout({ on }: Fault, subjects: () => readonly string[]): boolean {
  return on === undefined || hits(on, subjects())
}

function faultOf({ kind, target = '*', on, byMs, forMs, times }: FaultSpec, id: number, now: number): Fault {
  return {
    id,
    kind,
    target,
    ...(on === undefined ? {} : { on }),
    ...(byMs === undefined ? {} : { byMs }),
    ...(forMs === undefined ? {} : { until: now + forMs }),
    ...(times === undefined ? {} : { timesLeft: times }),
    struck: 0,
  }
}
