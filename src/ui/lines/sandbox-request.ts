import chalk from 'chalk'
import type { SeenRequest } from '../../sandbox/own/seen-request.ts'
import { plainLine } from '../text/plain.ts'
import type { TimeTeller } from '../text/time.ts'

/**
 * `11:05:09+01:00 Invoke shop-hello-sandbox:live 200 12 ms, version 2`: one line, for any names that the client gave.
 */
export function requestText(request: SeenRequest, tellTime: TimeTeller): string {
  const { time, resource = '', status, error, fault } = request
  const answer = error === undefined ? String(status) : chalk.red(`${status} ${plainLine(error)}`)
  const parts = [operationOf(request), plainLine(resource), answer, invocationOf(request)]
  if (fault !== undefined) parts.push(chalk.yellow(`(fault: ${plainLine(fault)})`))
  return [chalk.dim(tellTime(time)), ...parts.filter(Boolean)].join(' ')
}

function operationOf({ operation, service }: SeenRequest): string {
  return plainLine(operation ?? (service === undefined ? 'unsigned request' : `request to ${service}`))
}

function invocationOf({ operation, version, durationMs, functionError }: SeenRequest): string {
  if (operation !== 'Invoke') return ''
  return [
    `${Math.round(durationMs)} ms`,
    ...(version === undefined ? [] : [`version ${plainLine(version)}`]),
    ...(functionError === undefined ? [] : [chalk.red('the function failed')]),
  ].join(', ')
}
