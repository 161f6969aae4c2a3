import { spawnSync } from 'node:child_process'
import { isInCi } from '../../ui/text/is-in-ci.ts'

/**
 * Tells whether this process may read its terminal's keyboard: a background process is stopped as soon as it tries.
 * `ps` marks the foreground with a plus; without such a `ps` it is assumed.
 */
export function isInForeground(): boolean {
  const args = ['-o', 'stat=', '-p', String(process.pid)]
  const { status, stdout } = spawnSync('ps', args, { encoding: 'utf8', timeout: 1000 })
  return status !== 0 || stdout.includes('+')
}

/** Tells whether a person is at the terminal, who can be asked. */
export function isSomebodyThere(): boolean {
  const { stdin, stderr } = process
  return !isInCi() && stdin.isTTY && stderr.isTTY && isInForeground()
}
