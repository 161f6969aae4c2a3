import { LambdactlError } from '../../errors/error.ts'
import { systemClock } from '../run/clock.ts'
import { keyAt } from '../sandbox-key/read-key.ts'

/** A sandbox that has just taken the port leaves its key a moment later; milliseconds. */
const momentMs = 300

/** Returns the error for a port of a sandbox of this user; undefined if another program has the port. */
export async function alreadyRuns(port: number): Promise<LambdactlError | undefined> {
  const find = () => keyAt(port, process.env)
  let found = find()
  if (!found) {
    await systemClock.pause(momentMs)
    found = find()
  }
  if (!found) return undefined
  return new LambdactlError(
    'PORT_TAKEN',
    `A sandbox of yours already runs at http://127.0.0.1:${port} (process ${found.pid}).`,
    {
      next: [
        `Use it as it is: lambdactl sandbox status shows it.`,
        `Or stop it: lambdactl sandbox stop --port ${port}`,
        'Or start another one at a free port: add --port 0.',
      ],
    },
  )
}
