import type { Call } from '../../protocol/service.ts'
import { missingParameter, noQueue } from '../queues/errors.ts'
import type { Queue } from '../queues/queue.ts'
import type { QueueRecord } from '../queues/queue-record.ts'
import type { QueueStore } from '../queues/store.ts'

/**
 * The queue that a request names by its URL, of which the host does not count: with `--state` the same queue has another
 * port later.
 *
 * @throws ServiceError 400
 */
export function requestedQueue(store: QueueStore, call: Call, url: string | undefined): Queue {
  if (!url) throw missingParameter('QueueUrl')
  const [account = call.account, name] = url.includes('/') ? url.split('/').slice(-2) : [call.account, url]
  const queue = account === call.account ? store.find(call.region, name ?? '') : undefined
  if (!queue) throw noQueue()
  return queue
}

export function queueUrl({ host }: Call, { account, name }: Pick<QueueRecord, 'account' | 'name'>): string {
  return `http://${host}/${account}/${name}`
}
