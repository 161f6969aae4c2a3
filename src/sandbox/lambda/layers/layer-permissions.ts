import type {
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse,
  GetLayerVersionPolicyRequest,
  GetLayerVersionPolicyResponse,
  RemoveLayerVersionPermissionRequest,
} from '@aws-sdk/client-lambda'
import { partitionOf } from '../../../function/values/partition.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import type { Statement } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import type { LayerPolicy, LayerRecord, LayerVersion } from '../records/layers.ts'
import { newRevision } from '../records/records.ts'
import { conflict, notFound, staleRevision } from '../requests/errors.ts'
import { layerArn, readLayerName } from '../requests/layer-names.ts'
import { required } from '../requests/validation.ts'

/** The policies of layers' versions. They are kept; the sandbox has one account, so nobody else asks. */
export function layerPermissionOperations(context: LambdaContext): Operations {
  return {
    AddLayerVersionPermission: (input: AddLayerVersionPermissionRequest, call) => add(context, input, call),
    RemoveLayerVersionPermission: (input: RemoveLayerVersionPermissionRequest, call) =>
      remove(context, input, call),
    GetLayerVersionPolicy: (input: GetLayerVersionPolicyRequest, call): GetLayerVersionPolicyResponse => {
      const { policy } = find(context, input, call, 'GetLayerVersionPolicy').version
      if (!policy) throw noPolicy()
      const { statements, revisionId } = policy
      return {
        Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }),
        RevisionId: revisionId,
      }
    },
  }
}

function add(
  context: LambdaContext,
  input: AddLayerVersionPermissionRequest,
  call: Call,
): AddLayerVersionPermissionResponse {
  const found = find(context, input, call, 'AddLayerVersionPermission')
  const { statements = [] } = found.version.policy ?? {}
  const id = required(input.StatementId, 'statementId')
  if (statements.some(({ Sid }) => Sid === id)) {
    throw conflict(
      `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    )
  }
  requireRevision(found.version.policy, input.RevisionId)
  const statement: Statement = {
    Sid: id,
    Effect: 'Allow',
    Principal: principalOf(required(input.Principal, 'principal'), call),
    Action: input.Action,
    Resource: found.arn,
    ...(input.OrganizationId && {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': input.OrganizationId } },
    }),
  }
  const { revisionId } = keep(context, found, [...statements, statement])
  return { Statement: JSON.stringify(statement), RevisionId: revisionId }
}

function remove(context: LambdaContext, input: RemoveLayerVersionPermissionRequest, call: Call): object {
  const found = find(context, input, call, 'RemoveLayerVersionPermission')
  const { policy } = found.version
  requireRevision(policy, input.RevisionId)
  if (!policy) throw noPolicy()
  const kept = policy.statements.filter(({ Sid }) => Sid !== input.StatementId)
  if (kept.length === policy.statements.length) {
    throw notFound(`Statement ${input.StatementId} is not found in resource policy.`)
  }
  keep(context, found, kept)
  return {}
}

interface Found {
  layer: LayerRecord
  version: LayerVersion
  arn: string
}

type Reference = { LayerName: string | undefined; VersionNumber: number | undefined }

function find(context: LambdaContext, input: Reference, call: Call, action: string): Found {
  const name = readLayerName(call, input.LayerName, action)
  const layer = context.layers.find(call.region, name)
  const version = layer?.versions.find((one) => one.version === input.VersionNumber)
  const arn = layerArn(call, { region: call.region, name }, input.VersionNumber)
  if (!layer || !version) throw notFound(`Layer version ${arn} does not exist.`)
  return { layer, version, arn }
}

/** An empty policy is none. */
function keep({ layers }: LambdaContext, { layer, version }: Found, statements: Statement[]): LayerPolicy {
  const policy = { statements, revisionId: newRevision() }
  const changed = { ...version, policy: statements.length > 0 ? policy : undefined }
  layers.keep({ ...layer, versions: layer.versions.map((one) => (one === version ? changed : one)) })
  return policy
}

function requireRevision(policy: LayerPolicy | undefined, revisionId: string | undefined): void {
  if (revisionId !== undefined && revisionId !== policy?.revisionId) throw staleRevision('GetLayerPolicy')
}

function principalOf(principal: string, { region }: Call): string | Record<string, string> {
  if (principal === '*') return '*'
  const isAccount = /^\d{12}$/.test(principal)
  return { AWS: isAccount ? `arn:${partitionOf(region)}:iam::${principal}:root` : principal }
}

function noPolicy() {
  return notFound('No policy is associated with the given resource.')
}
