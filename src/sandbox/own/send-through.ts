import type { Known } from './ask-sandbox.ts'
import { callService, type ServiceAnswer } from './call-service.ts'
import type { TrafficTarget } from './invoke-function.ts'
import type { EventSource } from './sample-event.ts'

/** An event that a source took, which hands it to the function. */
export interface Through {
  /** The ARN of the source. */
  through: string
  /** The request to the source. */
  sent: object
}

/** Puts one event into a source, by its ARN. */
type Sender = (key: Known, place: { region: string; arn: string }, body: string) => Promise<Put>

interface Put {
  sent: object
  answer: ServiceAnswer
}

/** The sources that a mapping reads, by the service in their ARNs. */
const senders: Partial<Record<EventSource, Sender>> = {
  async kinesis(key, { region, arn }, body) {
    const sent = { StreamARN: arn, PartitionKey: 'sample', Data: Buffer.from(body).toString('base64') }
    const target = 'Kinesis_20131202.PutRecord'
    return { sent, answer: await callService(key, { region, service: 'kinesis', target, body: sent }) }
  },
}

/**
 * Sends an event through the source that a mapping of the function reads.
 *
 * @returns undefined if no mapping of it is enabled, or its source is not there
 */
export async function sendThrough(
  key: Known,
  target: TrafficTarget,
  source: EventSource,
  body: string,
): Promise<Through | undefined> {
  const send = senders[source]
  if (!send) return undefined
  const arn = await mappedSource(key, target, source)
  if (arn === undefined) return undefined
  const { sent, answer } = await send(key, { region: target.region, arn }, body)
  return answer.error === undefined ? { through: arn, sent } : undefined
}

/** The source of a service that an enabled mapping of exactly this function or alias reads. */
async function mappedSource(
  key: Known,
  { region, name, qualifier }: TrafficTarget,
  service: string,
): Promise<string | undefined> {
  const named = encodeURIComponent(qualifier === undefined ? name : `${name}:${qualifier}`)
  const path = `/2015-03-31/event-source-mappings?FunctionName=${named}`
  const { body } = await callService(key, { region, service: 'lambda', method: 'GET', path })
  const { EventSourceMappings: mappings = [] } = Object(body) as {
    EventSourceMappings?: { EventSourceArn?: string; State?: string }[]
  }
  const found = mappings.find(
    ({ EventSourceArn: arn, State }) => State === 'Enabled' && arn?.split(':')[2] === service,
  )
  return found?.EventSourceArn
}
