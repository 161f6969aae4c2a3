import chalk from 'chalk'
import { plainLine } from '../text/plain.ts'
import type { TimeTeller } from '../text/time.ts'

/** The facts about a request that the sandbox has answered. */
export interface RequestView {
  /** Milliseconds since the epoch. */
  time: number
  service?: string
  operation?: string
  resource?: string
  status: number
  error?: string
  /** Milliseconds. */
  durationMs: number
  version?: string
  functionError?: string
}

/** `11:05:09+01:00 Invoke shop-hello-sandbox:live 200 12 ms, version 2`: one line, whatever names the client gave. */
export function requestText(request: RequestView, tellTime: TimeTeller): string {
  const { time, resource = '', status, error } = request
  const answer = error === undefined ? String(status) : chalk.red(`${status} ${plainLine(error)}`)
  const parts = [operationOf(request), plainLine(resource), answer, invocationOf(request)]
  return [chalk.dim(tellTime(time)), ...parts.filter(Boolean)].join(' ')
}

function operationOf({ operation, service }: RequestView): string {
  return plainLine(operation ?? (service === undefined ? 'unsigned request' : `request to ${service}`))
}

function invocationOf({ operation, version, durationMs, functionError }: RequestView): string {
  if (operation !== 'Invoke') return ''
  return [
    `${Math.round(durationMs)} ms`,
    ...(version === undefined ? [] : [`version ${plainLine(version)}`]),
    ...(functionError === undefined ? [] : [chalk.red('the function failed')]),
  ].join(', ')
}
