import type { Message } from './message.ts'
import type { SubscriptionRecord } from './records.ts'

type Subscribed = Pick<SubscriptionRecord, 'arn' | 'topicArn'>

/** The event that a function gets with a message. */
export function functionEvent(subscription: Subscribed, message: Message): object {
  const { topicArn, arn } = subscription
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: arn,
        Sns: {
          Type: 'Notification',
          MessageId: message.id,
          TopicArn: topicArn,
          Subject: message.subject ?? null,
          Message: message.textFor('lambda'),
          Timestamp: new Date(message.publishedAt).toISOString(),
          ...signature(subscription, 'Url'),
          MessageAttributes: shown(message),
        },
      },
    ],
  }
}

/** The body of the message that a queue gets, if its subscription is not raw. */
export function queueBody(subscription: Subscribed, message: Message): string {
  const { subject, attributes, fifo } = message
  const body = {
    Type: 'Notification',
    MessageId: message.id,
    ...(fifo && { SequenceNumber: fifo.sequence }),
    TopicArn: subscription.topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message.textFor('sqs'),
    Timestamp: new Date(message.publishedAt).toISOString(),
    ...signature(subscription, 'URL'),
    ...(attributes && { MessageAttributes: shown(message) }),
  }
  return JSON.stringify(body, undefined, 2)
}

/** The sandbox has no key of SNS to sign with. Functions and queues have other names for the links. */
function signature({ arn }: Subscribed, link: 'Url' | 'URL'): object {
  const host = `https://sns.${arn.split(':')[3]}.amazonaws.com`
  return {
    SignatureVersion: '1',
    Signature: 'c2FuZGJveA==',
    [`SigningCert${link}`]: `${host}/SimpleNotificationService-sandbox.pem`,
    [`Unsubscribe${link}`]: `${host}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
  }
}

function shown({ attributes = {} }: Message): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, text, binary }]) => [
      name,
      { Type: type, Value: text ?? binary },
    ]),
  )
}
