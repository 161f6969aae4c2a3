import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  GetTopicAttributesInput,
  GetTopicAttributesResponse,
  SetTopicAttributesInput,
  Tag,
} from '@aws-sdk/client-sns'
import { partitionOf } from '../../../function/values/partition.ts'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { invalidParameter } from '../topics/errors.ts'
import { isFifo, type TopicBook, type TopicRecord } from '../topics/records.ts'
import { checkTopicArn, requestedTopic } from './requested.ts'
import { checkTags, tagsIn } from './tags.ts'

export function topicOperations(book: TopicBook): Operations {
  return {
    CreateTopic: accepting<CreateTopicInput>(['Name', 'Attributes', 'Tags'], (input, call) =>
      createTopic(book, input, call),
    ),
    DeleteTopic: ({ TopicArn }: DeleteTopicInput) => {
      checkTopicArn(TopicArn)
      book.deleteTopic(TopicArn)
      return {}
    },
    GetTopicAttributes: ({ TopicArn }: GetTopicAttributesInput): GetTopicAttributesResponse => ({
      Attributes: allAttributes(book, requestedTopic(book, TopicArn)),
    }),
    SetTopicAttributes: ({ TopicArn, AttributeName = '', AttributeValue = '' }: SetTopicAttributesInput) => {
      const topic = requestedTopic(book, TopicArn)
      if (AttributeName === 'FifoTopic') throw invalidParameter('AttributeName')
      checkAttributes({ [AttributeName]: AttributeValue }, isFifo(topic))
      const attributes = { ...topic.attributes, [AttributeName]: AttributeValue }
      book.topics.set(topic.arn, { ...topic, attributes })
      return {}
    },
  }
}

/** Makes a topic; one that is there with the same attributes stays. @throws ServiceError 400 */
function createTopic(
  book: TopicBook,
  { Name: name = '', Attributes = {}, Tags = [] }: CreateTopicInput,
  call: Call,
): CreateTopicResponse {
  const isOfFifo = Attributes['FifoTopic'] === 'true'
  checkName(name, isOfFifo)
  checkAttributes(Attributes, isOfFifo)
  const { region, account } = call
  const arn = `arn:${partitionOf(region)}:sns:${region}:${account}:${name}`
  const present = book.topics.get(arn)
  if (present) {
    requireSame(allAttributes(book, present), Attributes)
    requireSameTags(present, Tags)
  } else {
    const tags = tagsIn(Tags)
    checkTags(tags)
    book.topics.set(arn, { arn, name, region, account, attributes: { ...Attributes }, tags, deleted: 0 })
  }
  return { TopicArn: arn }
}

function checkName(name: string, isOfFifo: boolean): void {
  if (isOfFifo && !/^(?=.{1,256}$)[\w-]+\.fifo$/.test(name))
    throw invalidParameter(
      'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.',
    )
  if (!isOfFifo && !/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name')
}

/** The attributes that can be set; those after the line only have a meaning for FIFO topics. */
const usual = new Set([
  'DeliveryPolicy',
  'DisplayName',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
  'KmsMasterKeyId',
  'FifoTopic',
])
const ofFifo = new Set(['ContentBasedDeduplication', 'FifoThroughputScope'])
/** `LambdaSuccessFeedbackRoleArn` and its like. */
const feedback = /^(?:HTTP|Application|Lambda|Firehose|SQS)(?:Success|Failure)Feedback(?:RoleArn|SampleRate)$/

function checkAttributes(attributes: Readonly<Record<string, string>>, isOfFifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    const isKnown = usual.has(name) || feedback.test(name) || (isOfFifo && ofFifo.has(name))
    if (!isKnown) throw invalidParameter(`Attributes Reason: Unknown attribute: ${name}`)
    if (/^(?:FifoTopic|ContentBasedDeduplication)$/.test(name) && value !== 'true' && value !== 'false')
      throw invalidParameter(`Attributes Reason: ${name}: Invalid value [${value}]. Must be true or false.`)
  }
}

function requireSame(
  present: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): void {
  if (Object.entries(given).some(([name, value]) => (present[name] ?? '') !== value))
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes')
}

function requireSameTags({ tags }: TopicRecord, given: readonly Tag[]): void {
  if (given.some(({ Key = '', Value }) => tags[Key] !== Value))
    throw invalidParameter('Tags Reason: Topic already exists with different tags')
}

/** All attributes of a topic, those that SNS sets too. */
function allAttributes(book: TopicBook, topic: TopicRecord): Record<string, string> {
  const { arn, account, attributes, deleted } = topic
  return {
    TopicArn: arn,
    Owner: account,
    Policy: defaultPolicy(topic),
    DisplayName: '',
    SubscriptionsConfirmed: String(book.subscriptionsOf(arn).length),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: String(deleted),
    EffectiveDeliveryPolicy: effectiveDelivery,
    ...(isFifo(topic) && { ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' }),
    ...attributes,
  }
}

const effectiveDelivery = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
})

/** The policy of a new topic: its account may do everything with it. */
function defaultPolicy({ arn, account }: TopicRecord): string {
  const names = 'GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe'
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [...names.split(' '), 'ListSubscriptionsByTopic', 'Publish'].map((name) => `SNS:${name}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  })
}
