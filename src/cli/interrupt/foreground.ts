import { spawnSync } from 'node:child_process'

/**
 * Whether this process has its terminal's keyboard: one in the background is stopped as soon as it uses it. `ps` marks the
 * foreground with a plus; where there is no such `ps` it is taken for granted.
 */
export function isInForeground(): boolean {
  const args = ['-o', 'stat=', '-p', String(process.pid)]
  const { status, stdout } = spawnSync('ps', args, { encoding: 'utf8', timeout: 1000 })
  return status !== 0 || stdout.includes('+')
}
