import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  EnableRuleRequest,
  ListRulesRequest,
  ListRulesResponse,
  PutRuleRequest,
  PutRuleResponse,
  Rule,
} from '@aws-sdk/client-eventbridge'
import type { Call, Operations } from '../../protocol/service.ts'
import { invalid } from '../rules/errors.ts'
import { defaultBus, type RuleBook, type RuleRecord, ruleArn } from '../rules/records.ts'
import { timesOf } from '../rules/schedules.ts'
import { pageOfNames } from './page.ts'
import { checkPattern } from './patterns.ts'
import { requestedBus, requestedRule } from './requested.ts'
import { tagsIn } from './tags.ts'

export function ruleOperations(book: RuleBook, clock: () => number): Operations {
  const named = ({ Name, EventBusName }: EnableRuleRequest, call: Call) =>
    requestedRule(book, call, { name: Name, bus: EventBusName })
  const enable = (isEnabled: boolean) => (input: EnableRuleRequest, call: Call) => {
    const rule = named(input, call)
    book.rules.set(rule.arn, { ...rule, isEnabled })
    return {}
  }
  return {
    PutRule: (input: PutRuleRequest, call) => putRule(book, input, call, clock()),
    DescribeRule: (input: DescribeRuleRequest, call): DescribeRuleResponse => {
      const rule = named(input, call)
      return { ...shown(rule), CreatedBy: rule.account }
    },
    EnableRule: enable(true),
    DisableRule: enable(false),
    DeleteRule: (input: DeleteRuleRequest, call) => deleteRule(book, input, call),
    ListRules: (input: ListRulesRequest, call): ListRulesResponse => {
      const rules = book.rulesOf(call, requestedBus(book, call, input.EventBusName)).map(shown)
      const { items, next } = pageOfNames(rules, input)
      return { Rules: items, NextToken: next }
    },
  }
}

/** Makes a rule, or gives one that is there other settings; its targets and tags stay. @throws ServiceError 400 */
function putRule(book: RuleBook, input: PutRuleRequest, call: Call, now: number): PutRuleResponse {
  const { Name = '', EventPattern: pattern, ScheduleExpression: schedule } = input
  const bus = requestedBus(book, call, input.EventBusName)
  if (!pattern && !schedule)
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.')
  if (pattern) checkPattern(pattern)
  if (schedule) checkSchedule(schedule, bus)
  const arn = ruleArn(call, bus, Name)
  const present = book.rules.get(arn)
  book.rules.set(arn, {
    arn,
    name: Name,
    bus,
    region: call.region,
    account: call.account,
    ...(pattern && { pattern }),
    ...(schedule && { schedule }),
    isEnabled: input.State !== 'DISABLED',
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.RoleArn !== undefined && { roleArn: input.RoleArn }),
    tags: present?.tags ?? tagsIn(input.Tags),
    targets: present?.targets ?? [],
    since: present && present.schedule === schedule ? present.since : now,
  })
  return { RuleArn: arn }
}

function checkSchedule(schedule: string, bus: string): void {
  if (bus !== defaultBus) throw invalid('ScheduleExpression is supported only on the default event bus.')
  try {
    timesOf(schedule, 0)
  } catch {
    throw invalid('Parameter ScheduleExpression is not valid.')
  }
}

/** A rule that is not there is deleted already. @throws ServiceError 400 while the rule has targets */
function deleteRule(book: RuleBook, { Name = '', EventBusName }: DeleteRuleRequest, call: Call): object {
  const arn = ruleArn(call, requestedBus(book, call, EventBusName), Name)
  if ((book.rules.get(arn)?.targets ?? []).length > 0)
    throw invalid("Rule can't be deleted since it has targets.")
  book.rules.delete(arn)
  return {}
}

function shown(rule: RuleRecord): Rule & { Name: string } {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern,
    ScheduleExpression: rule.schedule,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.bus,
  }
}
