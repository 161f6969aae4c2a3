import { LambdactlError } from '../../errors/error.ts'
import type { FaultSpec } from '../faults/fault.ts'
import type { Faults } from '../faults/faults.ts'
import type { WireRequest, WireResponse } from '../protocol/wire.ts'
import type { SandboxStatus } from './status.ts'

/** The sandbox, for its owner. */
export interface Own {
  status(): SandboxStatus
  faults: Faults
  /** Forgets what a service holds, or everything with the faults. @throws LambdactlError USAGE */
  reset(service?: string): Promise<void>
}

/** Answers a request about the sandbox itself: its status, its faults and its reset. */
export async function ownAnswer(own: Own, request: WireRequest): Promise<WireResponse> {
  try {
    const answer = await answerTo(own, request)
    return answer === undefined ? json(404, {}) : json(200, answer)
  } catch (error) {
    if (!(error instanceof LambdactlError)) throw error
    const { code, message, next } = error
    return json(400, { error: { code, message, next } })
  }
}

async function answerTo(own: Own, { method, path, body }: WireRequest): Promise<object | undefined> {
  switch (`${method} ${path}`) {
    case 'GET /':
      return own.status()
    case 'POST /faults':
      return own.faults.add(JSON.parse(Buffer.from(body).toString()) as FaultSpec)
    case 'GET /faults':
      return own.faults.list()
    case 'DELETE /faults':
      return own.faults.clear()
    case 'POST /reset':
      await own.reset(resetOf(body).service)
      return own.status()
    default:
      return method === 'DELETE' ? clearOne(own, path) : undefined
  }
}

function resetOf(body: Uint8Array): { service?: string } {
  return body.byteLength === 0 ? {} : (JSON.parse(Buffer.from(body).toString()) as { service?: string })
}

function clearOne({ faults }: Own, path: string): object | undefined {
  const [, id] = /^\/faults\/(\d+)$/.exec(path) ?? []
  return id === undefined ? undefined : faults.clear(Number(id))
}

function json(status: number, body: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
