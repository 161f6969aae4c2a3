import db, { type Database, type Store, type Write } from 'dynalite/db/index.js'
import pLimit from 'p-limit'
import type { Row } from '../../state/persistent.ts'
import { type Action, act, type Json } from './actions.ts'
import { callBackSoon } from './call-back-soon.ts'
import { type Draft, draftOf } from './draft.ts'
import type { ItemChange } from './item-change.ts'

/** Runs an operation within a turn. @throws ServiceError as DynamoDB does */
export type Ask = (name: Action, input: object) => Promise<Json>

export interface EngineOptions {
  region: string
  account: string
  /** The rows that an earlier sandbox has left. */
  rows: Iterable<Row>
  /** Called with each row that is written; undefined for one that is deleted. */
  onRow: (key: string, value: unknown) => void
  /** Called with each write of an item in the moment in which its rows are written. */
  onItem: (change: ItemChange) => void
}

/** Changes of tables are done at once: clients wait for them in steps of seconds. */
const atOnce = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }

const ofTables: ReadonlySet<Action> = new Set(['CreateTable', 'UpdateTable', 'DeleteTable'])
const ofItems: ReadonlySet<Action> = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'])

/**
 * The tables of one Region, held by dynalite. Its operations take turns, and all rows of a write are written in one
 * moment, so nobody sees half of an operation, and no sandbox that is killed leaves half of one.
 */
export class Engine {
  readonly #store: Store
  /** Writes rows without telling of them. */
  readonly #restoring: Pick<Database, 'put' | 'del'>
  readonly #turn = pLimit(1)
  readonly #onItem: EngineOptions['onItem']
  readonly #tableWrites = new Set<() => void>()

  constructor({ region, account, rows, onRow, onItem }: EngineOptions) {
    const store = db.create(atOnce)
    Object.assign(store.tableDb, { awsRegion: region, awsAccountId: account })
    callBackSoon(store.db)
    this.#store = store
    this.#onItem = onItem
    const restored = Array.from(rows, ([key, value]): Write => ({ type: 'put', key, value }))
    void this.#turn(() => written(store.db, restored))
    const { put, del } = store.db
    this.#restoring = { put, del }
    tellRows(store.db, onRow)
    this.#watchTables()
  }

  /** Runs operations while no other one runs. */
  inTurn<Value>(work: (ask: Ask) => Promise<Value>): Promise<Value> {
    return this.#inTurn(work, false)
  }

  /** Runs operations as DynamoDB's own deletions of expired items. */
  expire<Value>(work: (ask: Ask) => Promise<Value>): Promise<Value> {
    return this.#inTurn(work, true)
  }

  /**
   * Runs operations whose writes are made together in the end, or not at all if the work fails.
   *
   * @param work gets an operation that writes, and one that only reads or checks
   */
  together<Value>(work: (write: Ask, check: Ask) => Promise<Value>): Promise<Value> {
    return this.#turn(async () => {
      const draft = draftOf(this.#store)
      const value = await work(
        (name, input) => act(draft.store, name, input),
        (name, input) => act(draftOf(this.#store).store, name, input),
      )
      await this.#make(draft, false)
      return value
    })
  }

  /** Writes rows that an earlier commit could not keep. */
  restore(rows: readonly Row[]): void {
    for (const [key, value] of rows) {
      if (value === undefined) this.#restoring.del(key, () => undefined)
      else this.#restoring.put(key, value, () => undefined)
    }
  }

  #inTurn<Value>(work: (ask: Ask) => Promise<Value>, isExpiry: boolean): Promise<Value> {
    return this.#turn(() => work((name, input) => this.#ask(name, input, isExpiry)))
  }

  async #ask(name: Action, input: object, isExpiry: boolean): Promise<Json> {
    if (ofTables.has(name)) return await this.#changeTable(name, input)
    if (!ofItems.has(name)) return await act(this.#store, name, input)
    const draft = draftOf(this.#store)
    const output = await act(draft.store, name, input)
    await this.#make(draft, isExpiry)
    return output
  }

  /** Makes the writes of a draft. */
  async #make({ changes, writes }: Draft, isExpiry: boolean): Promise<void> {
    for (const change of changes) this.#onItem({ ...change, isExpiry })
    await written(this.#store.db, writes)
  }

  async #changeTable(name: Action, input: object): Promise<Json> {
    // dynalite writes a table twice: as it is being changed, and as it has been changed.
    const { promise: changed, resolve } = Promise.withResolvers<void>()
    let writes = 0
    const count = () => {
      writes += 1
      if (writes === 2) resolve()
    }
    this.#tableWrites.add(count)
    try {
      const output = await act(this.#store, name, input)
      await changed
      return output
    } finally {
      this.#tableWrites.delete(count)
    }
  }

  #watchTables(): void {
    const { tableDb } = this.#store
    const { put, del } = tableDb
    const tell = () => {
      for (const count of this.#tableWrites) count()
    }
    tableDb.put = (key, table, done) =>
      put(key, table, (error) => {
        tell()
        done(error)
      })
    tableDb.del = (key, done) =>
      del(key, (error) => {
        tell()
        done(error)
      })
  }
}

/** Tells of each row in the moment in which it is written. */
function tellRows(database: Database, onRow: EngineOptions['onRow']): void {
  const { put, del, batch } = database
  database.put = (key, value, done) => {
    onRow(key, value)
    put(key, value, done)
  }
  database.del = (key, done) => {
    onRow(key, undefined)
    del(key, done)
  }
  database.batch = (writes, done) => {
    for (const { key, value } of writes) onRow(key, value)
    batch(writes, done)
  }
}

function written(database: Database, writes: readonly Write[]): Promise<void> {
  return new Promise((resolve, reject) => {
    database.batch(writes, (error) => (error ? reject(error) : resolve()))
  })
}
