import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { hasWall } from '../processes/wall.ts'
import type { Sandbox, SandboxOptions } from '../sandbox/start.ts'
import { type LeftKey, leaveKey } from './sandbox-key/leave-key.ts'

/** A sandbox whose key this user's other commands find. */
export interface OpenSandbox {
  sandbox: Sandbox
  /** Undefined where this user has no private folder to leave it in. */
  keyFile: string | undefined
  /** Whether handlers are kept from the user's credentials and other processes. */
  handlersApart: boolean
  /** Takes the key away, then ends the sandbox. */
  close(): Promise<void>
}

/** Loads and starts the sandbox, the only place that knows it. */
export async function openSandbox(options: SandboxOptions): Promise<OpenSandbox> {
  const { startSandbox } = await import('../sandbox/start.ts')
  const sandbox = await startSandbox(options)
  const left: LeftKey | undefined = leaveKey(sandbox.port, sandbox.accessKey, process.env)
  const handlersApart = await hasWall(resolve(options.stateDirectory ?? tmpdir(), 'code', 'x'))
  return {
    sandbox,
    handlersApart,
    keyFile: left?.path,
    async close() {
      left?.[Symbol.dispose]()
      await sandbox.close()
    },
  }
}
