import chalk from 'chalk'
import type { RequestStatus } from '../../../logs/model/request.ts'

/** The words for how a request ended. */
export const statusWords: Record<RequestStatus, string> = {
  running: 'running',
  ok: 'ok',
  error: 'error',
  timeout: 'timed out',
  'out-of-memory': 'out of memory',
  exit: 'exited',
  'init-failed': 'init failed',
}

/** `✖ timed out`, in the status's colour. */
export function statusText(status: RequestStatus): string {
  if (status === 'ok') return chalk.green('✔ ok')
  if (status === 'running') return chalk.cyan('… running')
  return chalk.red(`✖ ${statusWords[status]}`)
}
