import type { Fault, FaultSpec } from '../../sandbox/faults/fault.ts'
import { askOwn, requireRunning } from './ask-own.ts'

type Port = number | undefined

/** Sets a fault of a running sandbox. @throws LambdactlError USAGE, NOT_FOUND, UNREACHABLE */
export async function setFault(port: Port, spec: Omit<FaultSpec, 'kind'> & { kind: string }): Promise<Fault> {
  return await askOwn(requireRunning(port, 'fault'), { method: 'POST', path: '/faults', body: spec })
}

/** The faults of a running sandbox, the oldest first. @throws LambdactlError USAGE, NOT_FOUND, UNREACHABLE */
export async function listFaults(port: Port): Promise<Fault[]> {
  return await askOwn(requireRunning(port, 'fault list'), { path: '/faults' })
}

/** Ends a fault of a running sandbox, or all. @throws LambdactlError USAGE, NOT_FOUND, UNREACHABLE */
export async function clearFaults(port: Port, id: number | undefined): Promise<Fault[]> {
  const path = id === undefined ? '/faults' : `/faults/${id}`
  return await askOwn(requireRunning(port, 'fault clear'), { method: 'DELETE', path })
}
