import type {
  EvaluationResult,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { callerIn } from '../sts/caller.ts'
import { iamPage } from './paging.ts'
import { anyPolicy } from './policies.ts'
import { statementsOf } from './policy/document.ts'
import { evaluate, type NamedPolicy } from './policy/evaluate.ts'
import { type IamContext, invalidInput, type Role, requireRole } from './records.ts'

export function simulateOperation(context: IamContext): Operations {
  return {
    SimulatePrincipalPolicy: accepting<SimulatePrincipalPolicyRequest>(
      [
        'PolicySourceArn',
        'PolicyInputList',
        'ActionNames',
        'ResourceArns',
        'ContextEntries',
        'MaxItems',
        'Marker',
      ],
      (input, call) => simulate(context, input, call),
    ),
  }
}

function simulate(
  context: IamContext,
  input: SimulatePrincipalPolicyRequest,
  call: Call,
): SimulatePolicyResponse {
  const { ActionNames = [], ResourceArns = ['*'], PolicyInputList = [], ContextEntries = [] } = input
  const wrong = ActionNames.find((action) => !/^[\w-]+:\w+$/.test(action))
  if (wrong !== undefined) throw invalidInput(`Invalid Action Name: ${wrong}`)
  const given = PolicyInputList.map((document, index) => policy(`PolicyInputList.${index + 1}`, document))
  const policies = [...policiesOf(context, input.PolicySourceArn ?? '', call), ...given]
  const entries = ContextEntries.map(
    ({ ContextKeyName = '', ContextKeyValues = [] }) =>
      [ContextKeyName.toLowerCase(), ContextKeyValues] as const,
  )
  const pairs = ActionNames.flatMap((action) => ResourceArns.map((resource) => ({ action, resource })))
  const results = pairs.map((pair) => resultOf(policies, { ...pair, context: new Map(entries) }))
  const numbered = results.map((result, index) => ({ result, key: String(index).padStart(6, '0') }))
  const { items, more } = iamPage(numbered, ({ key }) => key, input)
  return { EvaluationResults: items.map(({ result }) => result), ...more }
}

function resultOf(policies: readonly NamedPolicy[], asked: Parameters<typeof evaluate>[1]): EvaluationResult {
  const { decision, matched, missing } = evaluate(policies, asked)
  return {
    EvalActionName: asked.action,
    EvalResourceName: asked.resource,
    EvalDecision: decision,
    MatchedStatements: matched.map((id) => ({
      SourcePolicyId: id,
      SourcePolicyType: 'IAM Policy' as 'role',
    })),
    MissingContextValues: missing,
  }
}

/** The policies of an identity: the sandbox's own user may do everything. @throws ServiceError */
function policiesOf(context: IamContext, arn: string, call: Call): NamedPolicy[] {
  if (arn === callerIn({ ...call, caller: undefined }).arn) {
    return [
      policy(
        'AdministratorAccess',
        anyPolicy(context, 'arn:aws:iam::aws:policy/AdministratorAccess').versions[0]?.document ?? '',
      ),
    ]
  }
  const name = /^arn:[^:]+:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1]
  if (name === undefined) {
    throw new ServiceError(
      'InvalidInput',
      400,
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    )
  }
  return policiesOfRole(context, requireRole(context, name))
}

/** @throws ServiceError 501 for a policy of AWS whose text the sandbox does not have */
function policiesOfRole(context: IamContext, { inline, attached }: Role): NamedPolicy[] {
  const own = Object.entries(inline).map(([name, document]) => policy(name, document))
  const managed = attached.map((arn) => {
    const { name, versions, defaultVersion } = anyPolicy(context, arn)
    return policy(name, versions.find(({ id }) => id === defaultVersion)?.document ?? '')
  })
  return [...own, ...managed]
}

function policy(id: string, document: string): NamedPolicy {
  return { id, statements: statementsOf(document, 'identity') }
}
