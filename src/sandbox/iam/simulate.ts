import type {
  EvaluationResult,
  ResourceSpecificResult,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { callerIn } from '../sts/caller.ts'
import { iamPage } from './paging.ts'
import { checkPolicy } from './policy/check-document.ts'
import { statementsOf } from './policy/document.ts'
import { evaluate, type NamedPolicy } from './policy/evaluate.ts'
import { type IamContext, invalidInput, noSuchEntity, type Role, requireRole } from './records.ts'
import { anyPolicy } from './versions.ts'

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
  for (const document of PolicyInputList) checkPolicy(document, 'inline')
  const given = PolicyInputList.map((document, index) => policy(`PolicyInputList.${index + 1}`, document))
  const { policies: own, boundary } = sourceOf(context, input.PolicySourceArn ?? '', call)
  const policies = [...own, ...given]
  const entries = ContextEntries.map(
    ({ ContextKeyName = '', ContextKeyValues = [] }) =>
      [ContextKeyName.toLowerCase(), ContextKeyValues] as const,
  )
  const simulated = (action: string, resource: string) => {
    const asked = { action, resource, context: new Map(entries) }
    return boundary ? within(boundary, asked, decided(policies, asked)) : decided(policies, asked)
  }
  const results = ActionNames.map((action) => ({
    action,
    parts: ResourceArns.map((resource) => simulated(action, resource)),
    isSpecific: input.ResourceArns !== undefined,
  }))
  const numbered = results.map((result, index) => ({ result, key: String(index).padStart(6, '0') }))
  const { items, more } = iamPage(numbered, ({ key }) => key, input)
  return { EvaluationResults: items.map(({ result }) => resultOf(result)), ...more }
}

/** From the mildest to the most restrictive. */
const decisions = ['allowed', 'implicitDeny', 'explicitDeny'] as const

/** One result for an action, as IAM gives it since 2026: of all resources the most restrictive decision. */
function resultOf({ action, parts, isSpecific }: SimulatedAction): EvaluationResult {
  const worst = Math.max(
    0,
    ...parts.map(({ EvalResourceDecision: each }) => decisions.indexOf(each as 'allowed')),
  )
  const decision = decisions[worst] ?? 'implicitDeny'
  const deciding = parts.filter(({ EvalResourceDecision }) => EvalResourceDecision === decision)
  const [{ PermissionsBoundaryDecisionDetail: detail } = {}] = deciding
  return {
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: decision,
    MatchedStatements: deciding.flatMap(({ MatchedStatements = [] }) => MatchedStatements),
    MissingContextValues: [
      ...new Set(parts.flatMap(({ MissingContextValues = [] }) => MissingContextValues)),
    ],
    ...(detail && { PermissionsBoundaryDecisionDetail: detail }),
    ...(isSpecific && { ResourceSpecificResults: [...parts] }),
  }
}

interface SimulatedAction {
  action: string
  parts: readonly ResourceSpecificResult[]
  /** Whether the request names resources. */
  isSpecific: boolean
}

function decided(
  policies: readonly NamedPolicy[],
  asked: Parameters<typeof evaluate>[1],
): ResourceSpecificResult {
  const { decision, matched, missing } = evaluate(policies, asked)
  return {
    EvalResourceName: asked.resource,
    EvalResourceDecision: decision,
    MatchedStatements: matched.map((id) => ({
      SourcePolicyId: id,
      SourcePolicyType: 'IAM Policy' as 'role',
    })),
    MissingContextValues: missing,
  }
}

/** A boundary allows nothing by itself: what it does not allow is denied. */
function within(
  boundary: NamedPolicy,
  asked: Parameters<typeof evaluate>[1],
  result: ResourceSpecificResult,
): ResourceSpecificResult {
  const { decision } = evaluate([boundary], asked)
  const isAllowed = decision === 'allowed'
  const stays = isAllowed || result.EvalResourceDecision === 'explicitDeny'
  return {
    ...result,
    ...(!stays && { EvalResourceDecision: decision }),
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: isAllowed },
  }
}

/** The policies of an identity: the sandbox's own user may do everything. @throws ServiceError */
function sourceOf(
  context: IamContext,
  arn: string,
  call: Call,
): { policies: NamedPolicy[]; boundary?: NamedPolicy | undefined } {
  if (arn === callerIn({ ...call, caller: undefined }).arn) {
    return { policies: [managed(context, 'arn:aws:iam::aws:policy/AdministratorAccess')] }
  }
  const name = /^arn:[^:]+:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1]
  if (name === undefined) {
    throw new ServiceError(
      'InvalidInput',
      400,
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    )
  }
  const role = requireRole(context, name)
  // A path is a part of the ARN.
  if (role.arn !== arn) throw noSuchEntity(`Role ${arn} does not exist.`)
  return {
    policies: policiesOfRole(context, role),
    boundary: role.boundary === undefined ? undefined : managed(context, role.boundary),
  }
}

function policiesOfRole(context: IamContext, { inline, attached }: Role): NamedPolicy[] {
  const own = Object.entries(inline).map(([name, document]) => policy(name, document))
  return [...own, ...attached.map((arn) => managed(context, arn))]
}

/** @throws ServiceError 501 for a policy of AWS whose text the sandbox does not have */
function managed(context: IamContext, arn: string): NamedPolicy {
  const { name, versions, defaultVersion } = anyPolicy(context, arn)
  return policy(name, versions.find(({ id }) => id === defaultVersion)?.document ?? '')
}

function policy(id: string, document: string): NamedPolicy {
  return { id, statements: statementsOf(document) }
}
