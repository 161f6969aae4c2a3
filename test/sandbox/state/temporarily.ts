import { type StateKeeper, temporaryKeeper } from '../../../src/sandbox/state/keeper.ts'
import type { Part } from '../../../src/sandbox/state/persistent.ts'

/** Gives the parts of a service a database, as a sandbox without a state folder does. Close it at the end. */
export function keepTemporarily(parts: readonly Part[]): StateKeeper {
  const keeper = temporaryKeeper((error) => {
    throw error
  })
  keeper.restore(parts)
  return keeper
}
