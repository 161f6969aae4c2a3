import { Readable } from 'node:stream'
import type { FinalizeRequestMiddleware, Pluggable } from '@smithy/types'

/** The size of a piece, bytes; a connection holds a few pieces before it sends them. */
const pieceBytes = 65_536

/**
 * Makes a command report the progress of its request's body; a retry of the SDK begins at 0 again.
 *
 * @param onSent gets the sent share of the body, 0 to 1, at each piece
 */
export function countSent<Input extends object, Output extends object>(
  onSent: (share: number) => void,
): Pluggable<Input, Output> {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => (args) =>
    next({ ...args, request: inPieces(args.request, onSent) })
  // The signature covers the whole body, so it comes before.
  return { applyToStack: (stack) => stack.add(middleware, { step: 'finalizeRequest', priority: 'low' }) }
}

function inPieces(request: unknown, onSent: (share: number) => void): unknown {
  const { body: whole } = request as { body?: unknown }
  const body = typeof whole === 'string' ? Buffer.from(whole) : whole
  if (!(body instanceof Uint8Array)) return request
  const copy = Object.create(Object.getPrototypeOf(request) as object) as object
  return Object.assign(copy, request, { body: Readable.from(piecesOf(body, onSent)) })
}

/** A piece is requested when the earlier ones are being sent. */
function* piecesOf(body: Uint8Array, onSent: (share: number) => void): Generator<Uint8Array> {
  for (let sent = 0; sent < body.length; sent += pieceBytes) {
    onSent(sent / body.length)
    yield body.subarray(sent, sent + pieceBytes)
  }
  onSent(1)
}
