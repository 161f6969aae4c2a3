import type { ApiStore } from '../apis/store.ts'

/** The dependencies of API Gateway's operations. */
export interface ApiContext {
  store: ApiStore
  /** Milliseconds since the epoch. */
  clock: () => number
}
