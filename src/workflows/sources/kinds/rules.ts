import { aliasArn, type RuleTrigger, sourceArn } from '../../../function/triggers/wanted.ts'
import { alike } from '../../../function/values/alike.ts'
import { freeRuleName } from '../../../operation/triggers/wanted/rule-name.ts'
import type { Rule, RuleSettings } from '../../../ports/sources/rules.ts'
import { formatDuration } from '../../../release/values/duration.ts'
import { awsCommand } from '../../run/run.ts'
import type { TriggerContext, TriggerProblem } from '../context.ts'
import type { GrantedKind, Looked } from '../granted.ts'
import { nameIn, sourceMissing } from '../words.ts'

/** Rules of EventBridge, by a pattern or by a schedule: the permission names the rule, and the rule has a tag. */
export const ruleKind: GrantedKind<RuleTrigger> = {
  kinds: ['eventbridge', 'schedule'],
  look,
  async takeAway({ run }, { grant }, isShared) {
    if (isShared || grant.sourceArn === undefined) return
    const rule = await run.aws.rules.rule(grant.sourceArn)
    if (rule?.trigger !== undefined) await run.aws.rules.delete(grant.sourceArn)
  },
}

async function look(context: TriggerContext, trigger: RuleTrigger): Promise<Looked | TriggerProblem> {
  const { run, target, place } = context
  const { rules } = run.aws
  const { source: bus, name } = trigger
  if (bus !== 'default' && !(await rules.isBusThere(bus)))
    return sourceMissing(
      name,
      `event bus ${bus}`,
      awsCommand(target, 'events create-event-bus', ['--name', bus]),
    )
  const settings = settingsOf(context, trigger)
  const { arn, present } = await ruleOf(context, trigger, settings)
  if (present && present.trigger === undefined) return foreign(context, trigger, arn)
  const invokes = aliasArn(place)
  const isSame =
    present?.trigger === name &&
    present.invokes === invokes &&
    present.isEnabled &&
    isSameRule(present, settings)
  const renamed = present && present.trigger !== name ? ` as ${present.trigger}` : ''
  return {
    grant: { principal: 'events.amazonaws.com', sourceArn: arn, sourceAccount: place.account },
    now: present && `${words(bus, present)}${renamed}${present.isEnabled ? '' : ', disabled'}`,
    isSame,
    to: words(bus, settings),
    set: () => rules.put(arn, invokes, name, settings),
  }
}

/**
 * The rule of a trigger: the one of its permission, or one of a trigger that the file has no more and that does the
 * same, so that a trigger with another name misses no event; or else a new one.
 */
async function ruleOf(
  { run, place, grants, triggers }: TriggerContext,
  { kind, name, source: bus }: RuleTrigger,
  settings: RuleSettings,
): Promise<{ arn: string; present: Rule | undefined }> {
  const isOnBus = (arn: string) => busIn(arn) === nameIn(bus)
  const known = grants.flatMap((own) =>
    own.kind === kind && own.grant.sourceArn !== undefined && isOnBus(own.grant.sourceArn)
      ? [{ trigger: own.trigger, arn: own.grant.sourceArn }]
      : [],
  )
  const mine = known.find(({ trigger }) => trigger === name)
  if (mine) return { arn: mine.arn, present: await run.aws.rules.rule(mine.arn) }
  const names = new Set(triggers.map((one) => one.name))
  for (const { trigger, arn } of known) {
    if (names.has(trigger)) continue
    const present = await run.aws.rules.rule(arn)
    if (present && isSameRule(present, settings)) return { arn, present }
  }
  const taken = known.map(({ arn }) => nameIn(arn))
  const rule = freeRuleName(place.functionName, name, taken)
  const path = nameIn(bus) === 'default' ? rule : `${nameIn(bus)}/${rule}`
  const arn = sourceArn(place, 'events', path, 'rule/')
  return { arn, present: await run.aws.rules.rule(arn) }
}

function busIn(arn: string): string {
  const path = (arn.split(':')[5] ?? '').split('/')
  return path.length > 2 ? (path[1] ?? '') : 'default'
}

function settingsOf({ place }: TriggerContext, trigger: RuleTrigger): RuleSettings {
  const { pattern, schedule, input, retries, maximumAgeSeconds, deadLetterQueue } = trigger
  const deadLetterArn = deadLetterQueue && sourceArn(place, 'sqs', deadLetterQueue)
  return { pattern, schedule, input, retries, maximumAgeSeconds, deadLetterArn }
}

function isSameRule(one: RuleSettings, other: RuleSettings): boolean {
  return alike(comparable(one), comparable(other))
}

function comparable(settings: RuleSettings): object {
  const { pattern, schedule, input, retries, maximumAgeSeconds, deadLetterArn } = settings
  const [events, given] = [pattern, input].map(jsonIn)
  return { events, schedule, given, retries, maximumAgeSeconds, deadLetterArn }
}

function jsonIn(text: string): unknown {
  return text === '' ? text : JSON.parse(text)
}

function words(bus: string, settings: RuleSettings): string {
  const { pattern, schedule, input, retries, maximumAgeSeconds, deadLetterArn } = settings
  return [
    pattern === '' ? `schedule ${schedule}` : `event bus ${nameIn(bus)}, pattern ${pattern}`,
    ...(input === '' ? [] : [`input ${input}`]),
    ...(retries === 185 ? [] : [`retries ${retries}`]),
    ...(maximumAgeSeconds === 86_400 ? [] : [`maximum age ${formatDuration(maximumAgeSeconds * 1000)}`]),
    ...(deadLetterArn === '' ? [] : [`dead-letter queue ${nameIn(deadLetterArn)}`]),
  ].join(', ')
}

function foreign(
  { target }: TriggerContext,
  { name, source: bus }: RuleTrigger,
  arn: string,
): TriggerProblem {
  const rule = nameIn(arn)
  const tag = ['--resource-arn', arn, '--tags', `Key=lambdactl:trigger,Value=${name}`]
  const see = awsCommand(target, 'events describe-rule', ['--name', rule, '--event-bus-name', bus])
  return {
    trigger: name,
    detail: `a rule of the name ${rule} is there that lambdactl did not make`,
    next: [`See it: ${see}`, `Take it over: ${awsCommand(target, 'events tag-resource', tag)}`],
  }
}
