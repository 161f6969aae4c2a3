import type { Session } from '../front/access-key.ts'
import type { FindSession } from '../front/caller.ts'
import { assumedRole } from './assumed-role.ts'
import { newKeys, type TemporaryKeys } from './sessions.ts'

/** The keys of functions' roles: each execution environment has its own, which serve as long as it lives. */
export interface FunctionKeys {
  /** Makes keys for a function in its role. */
  issue(roleArn: string, functionName: string): TemporaryKeys
  revoke(accessKey: string): void
  find: FindSession
}

export function createFunctionKeys(): FunctionKeys {
  const sessions = new Map<string, Session>()
  return {
    issue(roleArn, functionName) {
      const keys = newKeys()
      const caller = assumedRole(roleArn, functionName)
      sessions.set(keys.accessKey, { caller, sessionToken: keys.sessionToken, expires: Infinity })
      return keys
    },
    revoke: (accessKey) => void sessions.delete(accessKey),
    find: (accessKey) => sessions.get(accessKey),
  }
}
