import { spawnSync } from 'node:child_process'

/**
 * Tells whether this process may read its terminal's keyboard: a background process is stopped as soon as it tries.
 * `ps` marks the foreground with a plus; without such a `ps` it is assumed.
 */
export function isInForeground(): boolean {
  const args = ['-o', 'stat=', '-p', String(process.pid)]
  const { status, stdout } = spawnSync('ps', args, { encoding: 'utf8', timeout: 1000 })
  return status !== 0 || stdout.includes('+')
}
