import { randomUUID } from 'node:crypto'
import type { ExtensionState } from '../model/extension-lines.ts'

/** The events that an extension may wait for. */
export type EventType = 'INVOKE' | 'SHUTDOWN'

/** Gives an event to an extension that waits for it. */
type Give = (event: object) => void

/** An extension of one environment. */
export interface Extension extends ExtensionState {
  /** The identifier that it sends with each request. */
  readonly id: string
  /** Whether it is a process of its own, and no part of the runtime. */
  readonly isExternal: boolean
  /** Answers its open request for the next event. */
  give?: Give | undefined
  /** Kept until it asks for the next event. */
  kept?: object | undefined
}

/** The extensions of one environment, with their states. */
export interface Registry {
  all(): readonly Extension[]
  byName(name: string): Extension | undefined
  byId(id: string | undefined): Extension | undefined
  addInternal(name: string): Extension
  register(extension: Extension, events: readonly EventType[]): void
  /** It waits for its next event. */
  wait(extension: Extension, give: Give): void
  /** Hands an event to the extensions that registered for it. */
  send(type: EventType, event: object): void
  /** Call this after a change that was made elsewhere. */
  changed(): void
  /** Resolves when a statement about all of them is true. */
  until(isTrue: (all: readonly Extension[]) => boolean): Promise<void>
}

/** @param external the names of the extensions that are processes of their own */
export function createRegistry(external: readonly string[]): Registry {
  const all = external.map((name) => started(name, true))
  let waiting: { isTrue: () => boolean; resolve: () => void }[] = []
  const changed = () => {
    const due = waiting.filter(({ isTrue }) => isTrue())
    waiting = waiting.filter((each) => !due.includes(each))
    for (const { resolve } of due) resolve()
  }
  return {
    all: () => all,
    byName: (name) => all.find((extension) => extension.name === name),
    byId: (id) => all.find((extension) => extension.id === id),
    addInternal(name) {
      const extension = started(name, false)
      all.push(extension)
      return extension
    },
    register(extension, events) {
      Object.assign(extension, { state: 'Registered', events })
      changed()
    },
    wait(extension, give) {
      const { kept } = extension
      Object.assign(extension, { state: 'Ready', give: kept ? undefined : give, kept: undefined })
      if (kept) give(kept)
      changed()
    },
    send(type, event) {
      for (const extension of all.filter(({ events }) => events.includes(type))) {
        const { give } = extension
        if (give) Object.assign(extension, { state: 'Running', give: undefined })
        else extension.kept = event
        give?.(event)
      }
    },
    changed,
    until(isTrue) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ isTrue: () => isTrue(all), resolve })
      changed()
      return promise
    },
  }
}

function started(name: string, isExternal: boolean): Extension {
  return { name, id: randomUUID(), isExternal, state: 'Started', events: [] }
}
