declare module 'dynalite/db/index.js' {
  export type Done<Value = unknown> = (error: Error | null | undefined, value?: Value) => void

  /** A part of the store; its keys have a prefix within the whole. */
  export interface SubStore {
    get: (key: string, done: Done) => void
    put: (key: string, value: unknown, done: Done) => void
    del: (key: string, done: Done) => void
  }

  /** The whole store. */
  export interface Database extends SubStore {
    batch: (writes: readonly Write[], done: Done) => void
  }

  export type Write =
    | { type: 'put'; key: string; value: unknown }
    | { type: 'del'; key: string; value?: undefined }

  /** Tables with their items and indexes. */
  export interface Store {
    db: Database
    tableDb: SubStore & { awsAccountId: string; awsRegion: string }
    getItemDb(table: string): SubStore
    getIndexDb(type: string, table: string, index: string): SubStore
  }

  const db: {
    /** Makes an empty store in memory. The times are milliseconds. */
    create(options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store
    /** Bytes, as DynamoDB counts them. */
    itemSize: (item: object) => number
  }
  export default db
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js'

  const validations: {
    /** Returns the known members of an input. */
    checkTypes(input: object, types: object): object
    checkValidations(input: object, types: object, custom: unknown, store: Store): void
  }
  export default validations
}

declare module 'dynalite/actions/*' {
  import type { Store } from 'dynalite/db/index.js'

  const act: (
    store: Store,
    input: object,
    done: (error: Error | null | undefined, output?: unknown) => void,
  ) => void
  export default act
}

declare module 'dynalite/validations/*' {
  const validation: { types: object; custom?: unknown }
  export default validation
}
