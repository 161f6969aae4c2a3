import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { isCode, LambdactlError } from '../../errors/error.ts'
import { hasWall } from '../../processes/wall.ts'
import type { Sandbox, SandboxOptions } from '../../sandbox/start.ts'
import type { ReadySandbox } from '../../ui/results/sandbox-start.ts'
import { type LeftKey, leaveKey } from '../sandbox-key/leave-key.ts'
import { alreadyRuns } from './already-runs.ts'
import { isDetached } from './detached-message.ts'
import { sdkFolders } from './runtime-sdks.ts'

/** A sandbox whose key this user's other commands can find. */
export interface OpenSandbox {
  ready: ReadySandbox
  /** Removes the key, then ends the sandbox. */
  close(): Promise<void>
}

/**
 * Loads and starts the sandbox; only this file knows it.
 *
 * @throws LambdactlError PORT_TAKEN, CONFLICT, CONFIG_INVALID
 */
export async function openSandbox(options: SandboxOptions): Promise<OpenSandbox> {
  const state = options.stateDirectory === undefined ? undefined : resolve(options.stateDirectory)
  const runtimeSdks = await sdkFolders()
  const sandbox = await start({ ...options, stateDirectory: state, runtimeSdks })
  const { url, port, account, accessKey } = sandbox
  const detached = isDetached()
  const leaving = { port, accessKey, state, since: Date.now(), isDetached: detached }
  const left: LeftKey | undefined = leaveKey(leaving, process.env)
  const close = async () => {
    left?.[Symbol.dispose]()
    await sandbox.close()
  }
  if (detached && !left) {
    await close()
    throw noKeyLeft()
  }
  return {
    close,
    ready: {
      url,
      account,
      accessKey,
      handlersApart: await hasWall(resolve(state ?? tmpdir(), 'code', 'x')),
      pid: process.pid,
      speed: options.speed ?? 1,
      ...(left ? { keyFile: left.path } : {}),
      ...(left && detached ? { log: left.log } : {}),
    },
  }
}

/** A port of another sandbox of this user has an error of its own. */
async function start(options: SandboxOptions): Promise<Sandbox> {
  const { startSandbox } = await import('../../sandbox/start.ts')
  try {
    return await startSandbox(options)
  } catch (error) {
    throw (isCode(error, 'PORT_TAKEN') && (await alreadyRuns(options.port))) || error
  }
}

/** A sandbox in the background without a key file could not be stopped. */
function noKeyLeft(): LambdactlError {
  return new LambdactlError(
    'USAGE',
    'The key of a sandbox in the background could not be written to its private file.',
    {
      next: [
        'Make room on the disk of your home folder, or start it in the foreground: lambdactl sandbox start',
      ],
    },
  )
}
