import { LambdactlError } from '../../errors/error.ts'
import type { Fed } from '../delivery/feed.ts'
import type { FaultSpec } from '../faults/fault.ts'
import type { Faults } from '../faults/faults.ts'
import type { WireRequest, WireResponse } from '../protocol/wire.ts'
import type { SandboxStatus } from './status.ts'

/** The sandbox, for its owner. */
export interface Own {
  status(): SandboxStatus
  faults: Faults
  /** Sends an event through a source of the function, if it has one. @throws LambdactlError USAGE */
  feed(asked: FeedRequest): Promise<Fed | undefined>
  /** Forgets what a service holds, or everything with the faults. @throws LambdactlError USAGE */
  reset(service?: string): Promise<void>
}

/** An event for a function, from one of its sources. */
export interface FeedRequest {
  /** As `sandbox event` names it. */
  source: string
  region: string
  name: string
  /** An alias or a version. */
  qualifier?: string | undefined
  content?: string | undefined
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
      return own.faults.add(objectIn(body) as FaultSpec)
    case 'GET /faults':
      return own.faults.list()
    case 'DELETE /faults':
      return own.faults.clear()
    case 'POST /events':
      return (await own.feed(objectIn(body) as FeedRequest)) ?? {}
    case 'POST /reset':
      await own.reset((objectIn(body) as { service?: string }).service)
      return own.status()
    default:
      return method === 'DELETE' ? clearOne(own, path) : undefined
  }
}

/** @throws LambdactlError USAGE for a body that is no JSON object; an empty one is an empty object */
function objectIn(body: Uint8Array): object {
  const text = Buffer.from(body).toString() || '{}'
  const value: unknown = text.startsWith('{') ? parsed(text) : undefined
  if (typeof value === 'object' && value !== null) return value
  throw new LambdactlError('USAGE', 'The body of the request is no JSON object.', {
    next: ['Use the sandbox commands of the same lambdactl.'],
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function clearOne({ faults }: Own, path: string): object | undefined {
  const [, id] = /^\/faults\/(\d+)$/.exec(path) ?? []
  return id === undefined ? undefined : faults.clear(Number(id))
}

function json(status: number, body: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
