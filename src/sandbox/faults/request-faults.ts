import { setTimeout as sleep } from 'node:timers/promises'
import { ServiceError } from '../protocol/service-error.ts'
import type { WireResponse } from '../protocol/wire.ts'
import { namesOf } from './check-fault.ts'
import type { Fault, RequestFaultKind } from './fault.ts'
import type { Faults } from './faults.ts'
import { failureOf, throttlingOf } from './service-failures.ts'
import { subjectsOfRequest } from './subjects.ts'

/** The effect of faults on a request that has not been carried out yet. */
export interface Struck {
  /** The answer in place of the operation's own; the operation does not run. */
  instead?: WireResponse
  /** Whether the connection ends without an answer, after the operation has run. */
  isDropped: boolean
}

/** The end of a request whose answer is dropped. */
export class DroppedAnswer extends Error {
  override readonly name = 'DroppedAnswer'
  /** The status of the answer that nobody gets. */
  readonly status: number

  constructor(status: number) {
    super('A fault drops the answer.')
    this.status = status
  }
}

/** The prefix of a service in the names of operations, as IAM has it. */
export function prefixOf(signingName: string): string {
  return signingName === 'monitoring' ? 'cloudwatch' : signingName
}

/**
 * Lets the faults of an operation happen: its delay first, then at most one of the others.
 *
 * @param tell is called with each fault that strikes
 * @throws ServiceError for a throttle or an error
 */
export async function strikeRequest(
  faults: Pick<Faults, 'strike'>,
  { service, operation, input }: { service: string; operation: string; input: object },
  tell: (fault: Fault) => void,
): Promise<Struck> {
  const subjects = () => subjectsOfRequest(input)
  const names = namesOf(`${prefixOf(service)}:${operation}`)
  const strikes = (kind: RequestFaultKind) => {
    const fault = faults.strike(kind, names, subjects)
    if (fault) tell(fault)
    return fault
  }
  const late = strikes('latency')
  if (late) await sleep(late.byMs, undefined, { ref: false })
  if (strikes('page')) return { instead: page, isDropped: false }
  if (strikes('throttle')) throw new ServiceError(...throttlingOf(service, operation))
  if (strikes('error')) throw new ServiceError(...failureOf(service))
  return { isDropped: strikes('drop') !== undefined }
}

/** The page that a captive portal or a proxy answers to every request. */
const page: WireResponse = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>',
}
