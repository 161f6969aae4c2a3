import type { Database, Done, Write } from 'dynalite/db/index.js'

/** The methods of the database that dynalite has wrapped. */
interface Wrapped {
  get: (key: string) => Promise<unknown>
  put: (key: string, value: unknown) => Promise<void>
  del: (key: string) => Promise<void>
  batch: (writes: readonly Write[]) => Promise<void>
}

/**
 * Lets a database call back within the same turn of the event loop. dynalite's wrapper takes a turn for each step; in a
 * busy sandbox turns are long, and operations wait for each other.
 */
export function callBackSoon(database: Database): void {
  const { get, put, del, batch } = Object.getPrototypeOf(database) as Wrapped
  database.get = (key, done) => answer(get.call(database, key), done)
  database.put = (key, value, done) => answer(put.call(database, key, value), done)
  database.del = (key, done) => answer(del.call(database, key), done)
  database.batch = (writes, done) => answer(batch.call(database, writes), done)
}

/** An error of the callback is not one of the database. */
function answer(promise: Promise<unknown>, done: Done): void {
  promise.then(
    (value) => process.nextTick(done, null, value),
    (error: unknown) => process.nextTick(done, error),
  )
}
