import { rmSync } from 'node:fs'
import { LambdactlError } from '../../errors/error.ts'
import { kill } from '../../processes/group.ts'
import { credentialsFileOf } from '../sandbox-key/credentials-file.ts'
import { type FoundKey, isStillThere } from '../sandbox-key/key-file.ts'
import { hasEnded, isProven } from './running.ts'

/** The time for a sandbox to end its handlers and to save its state, milliseconds. */
const patienceMs = 10_000
/** The time for the system to end a killed sandbox, milliseconds. */
const killedMs = 5000

/**
 * Ends a sandbox, which ends its handlers, and waits. A sandbox that does not end in time is killed; then its watchdog
 * ends the handlers.
 *
 * @throws LambdactlError CONFLICT if its process can't be distinguished from another one (the system does not tell its
 * start), or can't be ended
 */
export async function stopSandbox(key: FoundKey): Promise<void> {
  if (!isProven(key)) throw notProven(key)
  kill(key.pid, 'SIGTERM')
  if (!(await hasEnded(key, patienceMs))) {
    kill(key.pid, 'SIGKILL')
    if (!(await hasEnded(key, killedMs))) throw stillThere(key)
  }
  // A killed sandbox leaves both files. Another sandbox may have taken the port since, and left its own.
  if (!isStillThere(key)) return
  for (const left of [key.path, credentialsFileOf(key.path)]) rmSync(left, { force: true })
}

function notProven({ port, pid }: FoundKey): LambdactlError {
  return new LambdactlError(
    'CONFLICT',
    `Process ${pid} may be the sandbox at port ${port}, but lambdactl can't prove it (the start time is unknown), so it was not stopped.`,
    { next: [`Look at it with \`ps -p ${pid}\`; end it with \`kill ${pid}\` if it is the sandbox.`] },
  )
}

function stillThere({ port, pid }: FoundKey): LambdactlError {
  return new LambdactlError(
    'CONFLICT',
    `The sandbox at port ${port} (process ${pid}) was killed, but still exists.`,
    {
      next: [`Look at it with \`ps -p ${pid}\`: the system does not let it end.`],
    },
  )
}
