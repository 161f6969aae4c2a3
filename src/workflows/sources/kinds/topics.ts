import { aliasArn, sourceArn, type TopicTrigger } from '../../../function/triggers/wanted.ts'
import { alike } from '../../../function/values/alike.ts'
import { statementId } from '../../../operation/triggers/wanted/statements.ts'
import type { SubscriptionSettings } from '../../../ports/sources/topics.ts'
import { awsCommand } from '../../run/run.ts'
import type { TriggerContext, TriggerProblem } from '../context.ts'
import { type GrantedKind, isOwnSource, type Looked } from '../granted.ts'
import { nameIn, sourceMissing } from '../words.ts'

const kinds = ['sns'] as const

/** Subscriptions of SNS: they have no tags, so the permission for the topic tells which one is lambdactl's. */
export const topicKind: GrantedKind<TopicTrigger> = {
  kinds,
  look,
  async takeAway({ run, place }, { grant }, isShared) {
    if (isShared || grant.sourceArn === undefined) return
    const { topics } = run.aws
    if (!(await topics.isThere(grant.sourceArn))) return
    const present = await topics.subscription(grant.sourceArn, aliasArn(place))
    if (present) await topics.unsubscribe(present.arn)
  },
}

async function look(context: TriggerContext, trigger: TopicTrigger): Promise<Looked | TriggerProblem> {
  const { run, target, place, isAliasThere } = context
  const { topics } = run.aws
  const arn = sourceArn(place, 'sns', trigger.source)
  if (!(await topics.isThere(arn))) {
    const fifo = arn.endsWith('.fifo') ? ['--attributes', 'FifoTopic=true'] : []
    const make = awsCommand(target, 'sns create-topic', ['--name', nameIn(arn), ...fifo])
    return sourceMissing(trigger.name, `topic ${arn}`, make)
  }
  const endpoint = aliasArn(place)
  const present = isAliasThere ? await topics.subscription(arn, endpoint) : undefined
  const grant = { principal: 'sns.amazonaws.com', sourceArn: arn, sourceAccount: arn.split(':')[4] ?? '' }
  if (present && !isOwnSource(context, kinds, arn)) return foreign(context, trigger, grant, present.arn)
  const settings = settingsOf(context, trigger)
  return {
    grant,
    now: present && words(arn, present),
    isSame: present !== undefined && isSameSettings(present, settings),
    to: words(arn, settings),
    set: () => (present ? topics.change(present, settings) : topics.subscribe(arn, endpoint, settings)),
  }
}

function settingsOf({ place }: TriggerContext, trigger: TopicTrigger): SubscriptionSettings {
  const { filter, filterScope, deadLetterQueue } = trigger
  return {
    filter,
    filterScope,
    deadLetterArn: deadLetterQueue && sourceArn(place, 'sqs', deadLetterQueue),
  }
}

function isSameSettings(one: SubscriptionSettings, other: SubscriptionSettings): boolean {
  return alike(comparable(one), comparable(other))
}

/** Without a filter its scope has no meaning. */
function comparable({ filter, filterScope, deadLetterArn }: SubscriptionSettings): object {
  return filter === ''
    ? { deadLetterArn }
    : { deadLetterArn, filterScope, filter: JSON.parse(filter) as unknown }
}

function words(arn: string, { filter, filterScope, deadLetterArn }: SubscriptionSettings): string {
  return [
    `SNS topic ${nameIn(arn)}`,
    ...(filter === '' ? [] : [`filter of ${filterScope} ${filter}`]),
    ...(deadLetterArn === '' ? [] : [`dead-letter queue ${nameIn(deadLetterArn)}`]),
  ].join(', ')
}

function foreign(
  { target, place }: TriggerContext,
  { name }: TopicTrigger,
  grant: Looked['grant'],
  subscription: string,
): TriggerProblem {
  const { principal, sourceArn: topic = '', sourceAccount = '' } = grant
  const permission = [
    ['--function-name', place.functionName, '--qualifier', place.alias],
    ['--statement-id', statementId('sns', name, grant), '--action', 'lambda:InvokeFunction'],
    ['--principal', principal, '--source-arn', topic, '--source-account', sourceAccount],
  ].flat()
  return {
    trigger: name,
    detail: `a subscription of SNS topic ${nameIn(topic)} to ${place.alias} is there that lambdactl did not make (${subscription})`,
    next: [
      `Take it over: ${awsCommand(target, 'lambda add-permission', permission)}`,
      `Or remove it: ${awsCommand(target, 'sns unsubscribe', ['--subscription-arn', subscription])}`,
    ],
  }
}
