import { randomUUID } from 'node:crypto'
import type { Fed, Feed, Feeds } from '../../delivery/feed.ts'
import type { LambdaContext } from '../records/context.ts'

/** Puts one event into the source that an enabled mapping of a function or alias reads. */
export function mappedFeeds({ mappings, queues, streams }: LambdaContext): Feeds {
  const through = (
    service: string,
    put: (arn: string, content: string) => object | undefined | Promise<object | undefined>,
  ): Feed => {
    return async (target, content = '{}'): Promise<Fed | undefined> => {
      const mapping = [...mappings.values()].find(
        ({ functionArn, state, settings }) =>
          functionArn === target && state === 'Enabled' && settings.EventSourceArn?.split(':')[2] === service,
      )
      const arn = mapping?.settings.EventSourceArn
      const sent = arn === undefined ? undefined : await put(arn, content)
      return arn !== undefined && sent ? { through: arn, sent } : undefined
    }
  }
  return {
    sqs: through('sqs', (arn, body) => {
      if (!queues.find(arn)) return undefined
      const fifo = arn.endsWith('.fifo') ? { group: 'sample', deduplication: randomUUID() } : {}
      queues.send(arn, { body, ...fifo })
      return { body }
    }),
    kinesis: through('kinesis', (arn, data) => streams.kinesis?.feed?.(arn, data)),
    dynamodb: through('dynamodb', (arn, item) => streams.dynamodb?.feed?.(arn, item)),
  }
}
