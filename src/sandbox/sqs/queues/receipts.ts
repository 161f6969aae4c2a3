import { ServiceError } from '../../protocol/service-error.ts'
import type { Entry } from './message.ts'
import type { Queue } from './queue.ts'

/** The handle of the last receipt of a message. */
export function handleOf({ record }: Queue, { message, delivery }: Entry): string {
  return Buffer.from(`${record.id} ${message.sequence} ${delivery.receipt ?? ''}`).toString('base64')
}

/** The message of a handle; undefined if it is gone. */
export interface Held {
  entry: Entry | undefined
  /** Whether nobody received the message after this receipt. */
  isLast: boolean
}

/** @throws ServiceError 404 for a text that is no handle of the queue */
export function heldBy(queue: Queue, handle: string): Held {
  const [id, sequence, receipt] = Buffer.from(handle, 'base64').toString('utf8').split(' ')
  if (id !== queue.record.id || receipt === undefined) throw invalidHandle(handle)
  const entry = queue.get(Number(sequence))
  return { entry, isLast: entry?.delivery.receipt === receipt }
}

function invalidHandle(handle: string): ServiceError {
  const message = `The input receipt handle "${handle}" is not a valid receipt handle.`
  return new ServiceError('ReceiptHandleIsInvalid', 404, message)
}
