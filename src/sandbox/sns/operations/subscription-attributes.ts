import { invalidParameter } from '../topics/errors.ts'
import { checkFilterPolicy } from '../topics/filter-policy.ts'
import type { SubscriptionRecord } from '../topics/records.ts'

type Attributes = SubscriptionRecord['attributes']

const known = new Set([
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
])

/** @throws ServiceError 400 */
export function checkAttributes(protocol: SubscriptionRecord['protocol'], attributes: Attributes): void {
  const unknown = Object.keys(attributes).find((name) => !known.has(name))
  if (unknown !== undefined) throw invalidParameter('AttributeName')
  const raw = attributes['RawMessageDelivery'] ?? 'false'
  if (!/^(?:true|false)$/i.test(raw))
    throw invalidParameter(
      `Attributes Reason: RawMessageDelivery: Invalid value [${raw}]. Must be true or false.`,
    )
  if (protocol === 'lambda' && raw.toLowerCase() === 'true')
    throw invalidParameter(
      'Attributes Reason: RawMessageDelivery: Delivery protocol [lambda] does not support raw message delivery.',
    )
  checkFilterPolicy(attributes)
  checkRedrive(attributes['RedrivePolicy'])
}

function checkRedrive(policy: string | undefined): void {
  if (!policy) return
  if (!/"deadLetterTargetArn"\s*:\s*"arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w.-]+"/.test(policy) || !isJson(policy))
    throw invalidParameter(
      'RedrivePolicy: must be a JSON object with a deadLetterTargetArn that is the ARN of a queue',
    )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** All attributes of a subscription, those that SNS sets too. */
export function allAttributes({
  arn,
  topicArn,
  protocol,
  endpoint,
  attributes,
}: SubscriptionRecord): Attributes {
  return {
    SubscriptionArn: arn,
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: topicArn.split(':')[4] ?? '',
    ConfirmationWasAuthenticated: 'true',
    PendingConfirmation: 'false',
    SubscriptionPrincipal: `arn:aws:iam::${topicArn.split(':')[4]}:root`,
    RawMessageDelivery: 'false',
    ...(attributes['FilterPolicy'] !== undefined && { FilterPolicyScope: 'MessageAttributes' }),
    ...attributes,
  }
}
