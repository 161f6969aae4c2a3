import type { Done, Store, SubStore, Write } from 'dynalite/db/index.js'
import type { Json } from './actions.ts'
import type { ItemChange } from './item-change.ts'

/** Writes that are collected, and not made yet. */
export interface Draft {
  /** Reads from the real store, so an item can be written once. */
  store: Store
  /** The rows to write, with their keys in the whole store. */
  writes: Write[]
  changes: Omit<ItemChange, 'isExpiry'>[]
}

/** A store over another one, which stays as it is. */
export function draftOf(store: Store): Draft {
  const writes: Write[] = []
  const changes: Draft['changes'] = []
  const collecting = (
    part: SubStore,
    prefix: string,
    onWrite: (before: unknown, after?: unknown) => void,
  ) => ({
    ...part,
    put: (key: string, value: unknown, done: Done) =>
      part.get(key, (error, before) => {
        writes.push({ type: 'put', key: prefix + key, value })
        onWrite(before, value)
        done(error)
      }),
    del: (key: string, done: Done) =>
      part.get(key, (error, before) => {
        writes.push({ type: 'del', key: prefix + key })
        onWrite(before)
        done(error)
      }),
  })
  return {
    writes,
    changes,
    store: {
      ...store,
      getItemDb: (table) =>
        collecting(store.getItemDb(table), `item-${table}~`, (before, after) => {
          changes.push({ table, before: before as Json | undefined, after: after as Json | undefined })
        }),
      getIndexDb: (type, table, index) =>
        collecting(
          store.getIndexDb(type, table, index),
          `index-${type.toLowerCase()}~${table}~${index}~`,
          () => undefined,
        ),
    },
  }
}
