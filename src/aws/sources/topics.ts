import type { Subscription, SubscriptionSettings, Topics } from '../../ports/sources/topics.ts'
import { ifThere } from '../answers/expected-errors.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** SNS gives one that awaits a confirmation no ARN; those of functions never do. */
const pending = 'PendingConfirmation'

function snsApi(connection: Connection) {
  return loadService(
    connection,
    'SNS',
    () => import('@aws-sdk/client-sns'),
    ({ SNSClient }, config) => new SNSClient(config),
  )
}

/** Topics over the SNS API. */
export function snsTopics(connection: Connection): Topics {
  const api = snsApi(connection)
  const set = async (arn: string, name: string, value: string) => {
    const { call, sdk } = await api()
    const input = { SubscriptionArn: arn, AttributeName: name, AttributeValue: value }
    await call(`set ${name} of the subscription ${arn}`, new sdk.SetSubscriptionAttributesCommand(input))
  }
  return {
    async isThere(topic) {
      const { call, sdk } = await api()
      const command = new sdk.GetTopicAttributesCommand({ TopicArn: topic })
      return (await ifThere(call(`read the topic ${topic}`, command))) !== undefined
    },

    subscription: (topic, endpoint) => findSubscription(api, topic, endpoint),

    async subscribe(topic, endpoint, settings) {
      const { call, sdk } = await api()
      const command = new sdk.SubscribeCommand({
        TopicArn: topic,
        Protocol: 'lambda',
        Endpoint: endpoint,
        Attributes: attributesOf(settings),
        ReturnSubscriptionArn: true,
      })
      await call(`subscribe ${endpoint} to ${topic}`, command)
    },

    async change(present, wanted) {
      const isOtherScope = present.filterScope !== wanted.filterScope
      // A policy of one scope may be none of the other: meanwhile each message comes, and none is lost.
      if (isOtherScope && present.filter !== '') await set(present.arn, 'FilterPolicy', '{}')
      if (isOtherScope) await set(present.arn, 'FilterPolicyScope', scopes[wanted.filterScope])
      if (isOtherScope || present.filter !== wanted.filter)
        await set(present.arn, 'FilterPolicy', wanted.filter || '{}')
      if (present.deadLetterArn !== wanted.deadLetterArn)
        await set(present.arn, 'RedrivePolicy', redriveOf(wanted))
    },

    async unsubscribe(arn) {
      const { call, sdk } = await api()
      await ifThere(
        call(`remove the subscription ${arn}`, new sdk.UnsubscribeCommand({ SubscriptionArn: arn })),
      )
    },
  }
}

async function findSubscription(
  api: ReturnType<typeof snsApi>,
  topic: string,
  endpoint: string,
): Promise<Subscription | undefined> {
  const { call, pages, sdk } = await api()
  const input = { TopicArn: topic }
  const found = await pages(`list the subscriptions of ${topic}`, sdk.paginateListSubscriptionsByTopic, input)
  const arn = found
    .flatMap(({ Subscriptions = [] }) => Subscriptions)
    .find(({ Protocol, Endpoint }) => Protocol === 'lambda' && Endpoint === endpoint)?.SubscriptionArn
  if (arn === undefined || arn === pending) return undefined
  const command = new sdk.GetSubscriptionAttributesCommand({ SubscriptionArn: arn })
  const answer = await ifThere(call(`read the subscription ${arn}`, command))
  return answer && { arn, ...settingsOf(answer.Attributes ?? {}) }
}

const scopes = { attributes: 'MessageAttributes', body: 'MessageBody' } as const

function attributesOf(settings: SubscriptionSettings): Record<string, string> {
  const { filter, filterScope, deadLetterArn } = settings
  return {
    ...(filter !== '' && { FilterPolicyScope: scopes[filterScope], FilterPolicy: filter }),
    ...(deadLetterArn !== '' && { RedrivePolicy: redriveOf(settings) }),
  }
}

function redriveOf({ deadLetterArn }: SubscriptionSettings): string {
  return deadLetterArn === '' ? '' : JSON.stringify({ deadLetterTargetArn: deadLetterArn })
}

function settingsOf(found: Readonly<Record<string, string>>): Omit<Subscription, 'arn'> {
  const { FilterPolicy = '', FilterPolicyScope, RedrivePolicy = '' } = found
  const { deadLetterTargetArn = '' } = (RedrivePolicy === '' ? {} : JSON.parse(RedrivePolicy)) as {
    deadLetterTargetArn?: string
  }
  return {
    filter: FilterPolicy === '{}' ? '' : FilterPolicy,
    filterScope: FilterPolicyScope === scopes.body ? 'body' : 'attributes',
    deadLetterArn: deadLetterTargetArn,
  }
}
