import type { Fault, FaultSpec } from '../../sandbox/faults/fault.ts'
import { askOwn, requireRunning } from './ask-own.ts'
import type { WantedSandbox } from './choose-running.ts'

/** Sets a fault of a running sandbox. @throws LambdactlError USAGE, NOT_FOUND, UNREACHABLE */
export async function setFault(
  sandbox: WantedSandbox,
  spec: Omit<FaultSpec, 'kind'> & { kind: string },
): Promise<Fault> {
  return await askOwn(requireRunning(sandbox), { method: 'POST', path: '/faults', body: spec })
}

/** The faults of a running sandbox, the oldest first. @throws LambdactlError USAGE, NOT_FOUND, UNREACHABLE */
export async function listFaults(sandbox: WantedSandbox): Promise<Fault[]> {
  return await askOwn(requireRunning(sandbox), { path: '/faults' })
}

/** Ends a fault of a running sandbox, or all. @throws LambdactlError USAGE, NOT_FOUND, UNREACHABLE */
export async function clearFaults(sandbox: WantedSandbox, id: number | undefined): Promise<Fault[]> {
  const path = id === undefined ? '/faults' : `/faults/${id}`
  return await askOwn(requireRunning(sandbox), { method: 'DELETE', path })
}
