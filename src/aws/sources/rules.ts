import type { DescribeRuleResponse, PutTargetsResultEntry, Tag, Target } from '@aws-sdk/client-eventbridge'
import { LambdactlError } from '../../errors/error.ts'
import { targetId, triggerTag } from '../../function/triggers/marks.ts'
import type { Rule, RuleSettings, Rules } from '../../ports/sources/rules.ts'
import { ifThere } from '../answers/expected-errors.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** AWS's defaults for a target. */
const usual = { retries: 185, maximumAgeSeconds: 86_400 } as const

function eventBridgeApi(connection: Connection) {
  return loadService(
    connection,
    'EventBridge',
    () => import('@aws-sdk/client-eventbridge'),
    ({ EventBridgeClient }, config) => new EventBridgeClient(config),
  )
}

/** Rules over the EventBridge API. */
export function eventBridgeRules(connection: Connection): Rules {
  const api = eventBridgeApi(connection)
  return {
    async isBusThere(bus) {
      const { call, sdk } = await api()
      const command = new sdk.DescribeEventBusCommand({ Name: bus })
      return (await ifThere(call(`read the event bus ${bus}`, command))) !== undefined
    },

    async rule(arn) {
      const { call, sdk } = await api()
      const { bus: EventBusName, name } = partsOf(arn)
      const found = await ifThere(
        call(`read the rule ${name}`, new sdk.DescribeRuleCommand({ Name: name, EventBusName })),
      )
      if (!found) return undefined
      const list = new sdk.ListTargetsByRuleCommand({ Rule: name, EventBusName })
      const tags = new sdk.ListTagsForResourceCommand({ ResourceARN: arn })
      const [targets, tagged] = await Promise.all([
        call(`list the targets of the rule ${name}`, list),
        call(`read the tags of the rule ${name}`, tags),
      ])
      return toRule(found, targets.Targets, tagged.Tags)
    },

    async put(arn, invokes, trigger, settings) {
      const { call, sdk } = await api()
      const { bus: EventBusName, name } = partsOf(arn)
      const { pattern, schedule } = settings
      const Tags = [{ Key: triggerTag, Value: trigger }]
      const rule = {
        Name: name,
        EventBusName,
        State: 'ENABLED' as const,
        ...(pattern === '' ? { ScheduleExpression: schedule } : { EventPattern: pattern }),
      }
      // Tags of a rule that is there already are not taken with it.
      await call(`write the rule ${name}`, new sdk.PutRuleCommand({ ...rule, Tags }))
      await call(`tag the rule ${name}`, new sdk.TagResourceCommand({ ResourceARN: arn, Tags }))
      const Targets = [toTarget(invokes, settings)]
      const command = new sdk.PutTargetsCommand({ Rule: name, EventBusName, Targets })
      const { FailedEntries = [] } = await call(`write the target of the rule ${name}`, command)
      const [failed] = FailedEntries
      if (failed) throw notTaken(name, failed)
    },

    async delete(arn) {
      const { call, sdk } = await api()
      const { bus: EventBusName, name } = partsOf(arn)
      const remove = new sdk.RemoveTargetsCommand({ Rule: name, EventBusName, Ids: [targetId] })
      await ifThere(call(`remove the target of the rule ${name}`, remove))
      await ifThere(call(`delete the rule ${name}`, new sdk.DeleteRuleCommand({ Name: name, EventBusName })))
    },
  }
}

function notTaken(rule: string, { ErrorMessage = 'no reason given' }: PutTargetsResultEntry): LambdactlError {
  const text = `EventBridge did not take the alias as the target of the rule ${rule}: ${ErrorMessage}.`
  return new LambdactlError('UPDATE_FAILED', text, { next: ['Correct it, then deploy again.'] })
}

/** A rule of the default bus has no bus in its ARN. */
function partsOf(arn: string): { bus: string; name: string } {
  const [, first = '', second] = (arn.split(':')[5] ?? '').split('/')
  return second === undefined ? { bus: 'default', name: first } : { bus: first, name: second }
}

function toRule(found: DescribeRuleResponse, targets: Target[] = [], tags: Tag[] = []): Rule {
  const target = targets.find(({ Id }) => Id === targetId)
  return {
    pattern: found.EventPattern ?? '',
    schedule: found.ScheduleExpression ?? '',
    isEnabled: found.State !== 'DISABLED',
    invokes: target?.Arn,
    ...targetSettings(target),
    trigger: tags.find(({ Key }) => Key === triggerTag)?.Value,
  }
}

function toTarget(invokes: string, settings: RuleSettings): Target {
  const { input, retries, maximumAgeSeconds, deadLetterArn } = settings
  return {
    Id: targetId,
    Arn: invokes,
    RetryPolicy: { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: maximumAgeSeconds },
    ...(input !== '' && { Input: input }),
    ...(deadLetterArn !== '' && { DeadLetterConfig: { Arn: deadLetterArn } }),
  }
}

function targetSettings(target: Target | undefined): Omit<RuleSettings, 'pattern' | 'schedule'> {
  const { Input = '', RetryPolicy = {}, DeadLetterConfig } = target ?? {}
  return {
    input: Input,
    retries: RetryPolicy.MaximumRetryAttempts ?? usual.retries,
    maximumAgeSeconds: RetryPolicy.MaximumEventAgeInSeconds ?? usual.maximumAgeSeconds,
    deadLetterArn: DeadLetterConfig?.Arn ?? '',
  }
}
