import type {
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from '@aws-sdk/client-eventbridge'
import { notImplemented } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalid } from '../rules/errors.ts'
import { isPath } from '../rules/json-path.ts'
import type { RuleBook, RuleTarget } from '../rules/records.ts'
import { pageBy } from './page.ts'
import { requestedBus, requestedRule } from './requested.ts'

export function targetOperations(book: RuleBook): Operations {
  return {
    PutTargets: ({ Rule, EventBusName, Targets = [] }: PutTargetsRequest, call): PutTargetsResponse => {
      const rule = requestedRule(book, call, { name: Rule, bus: EventBusName })
      const given = Targets.map(checkedTarget)
      const others = rule.targets.filter(({ Id }) => given.every((target) => target.Id !== Id))
      const targets = [...others, ...given]
      if (targets.length > mostTargets)
        throw new ServiceError(
          'LimitExceededException',
          400,
          'The requested resource exceeds the maximum number allowed.',
        )
      book.rules.set(rule.arn, { ...rule, targets })
      return { FailedEntryCount: 0, FailedEntries: [] }
    },
    RemoveTargets: ({ Rule, EventBusName, Ids = [] }: RemoveTargetsRequest, call): RemoveTargetsResponse => {
      const rule = requestedRule(book, call, { name: Rule, bus: EventBusName })
      const kept = rule.targets.filter(({ Id }) => !Ids.includes(Id))
      book.rules.set(rule.arn, { ...rule, targets: kept })
      return { FailedEntryCount: 0, FailedEntries: [] }
    },
    ListTargetsByRule: (input: ListTargetsByRuleRequest, call): ListTargetsByRuleResponse => {
      const { targets } = requestedRule(book, call, { name: input.Rule, bus: input.EventBusName })
      const { items, next } = pageBy(targets, ({ Id }) => Id, input)
      return { Targets: items, NextToken: next }
    },
    ListRuleNamesByTarget: (input: ListRuleNamesByTargetRequest, call): ListRuleNamesByTargetResponse => {
      const rules = book.rulesOf(call, requestedBus(book, call, input.EventBusName))
      const names = rules
        .filter(({ targets }) => targets.some(({ Arn }) => Arn === input.TargetArn))
        .map(({ name }) => name)
      const { items, next } = pageBy(names, (name) => name, input)
      return { RuleNames: items, NextToken: next }
    },
  }
}

/** EventBridge's limit of targets of a rule. */
const mostTargets = 5
/** The services that the sandbox hands events to. */
const services = new Set(['lambda', 'sqs', 'sns', 'states'])
const members: readonly (keyof RuleTarget)[] = [
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'SqsParameters',
  'DeadLetterConfig',
  'RetryPolicy',
]

/** @throws ServiceError 400, and 501 for what the sandbox does not have */
function checkedTarget(target: Target): RuleTarget {
  const { Id = '', Arn = '' } = target
  const [scheme, , service = ''] = Arn.split(':')
  if (scheme !== 'arn' || Arn.split(':').length < 6)
    throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`)
  if (!services.has(service)) throw notImplemented(`targets of rules like ${Arn}`)
  const known = new Set<string>(members)
  const other = Object.entries(target).find(([name, value]) => value !== undefined && !known.has(name))
  if (other) throw notImplemented(`the parameter ${other[0]} of targets`)
  checkInput(target)
  return { ...(target as RuleTarget), Id, Arn }
}

function checkInput({ Id, Input, InputPath, InputTransformer }: Target): void {
  const inputs = [Input, InputPath, InputTransformer].filter((input) => input !== undefined)
  if (inputs.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`)
  if (Input !== undefined && !isJson(Input))
    throw invalid(`JSON syntax error in input for target ${Id} : Invalid JSON`)
  const paths = InputPath === undefined ? Object.values(InputTransformer?.InputPathsMap ?? {}) : [InputPath]
  if (paths.some((path) => !isPath(path)))
    throw invalid(
      InputPath === undefined
        ? `Invalid InputPathsMap for target ${Id}.`
        : `Parameter InputPath is not valid for target ${Id}.`,
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
