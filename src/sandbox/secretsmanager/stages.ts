import type {
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
  UpdateSecretVersionStageRequest,
} from '@aws-sdk/client-secrets-manager'
import { accepting } from '../protocol/accepting.ts'
import { numberKey, pageOf } from '../protocol/paging.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { notFound, refusal } from './errors.ts'
import { current, withStage } from './secret.ts'
import type { SecretStore } from './store.ts'

export function stageOperations(store: SecretStore): Operations {
  return {
    UpdateSecretVersionStage: accepting<UpdateSecretVersionStageRequest>(
      ['SecretId', 'VersionStage', 'MoveToVersionId', 'RemoveFromVersionId'],
      (input, call) => moveStage(store, input, call),
    ),
    ListSecretVersionIds: accepting<ListSecretVersionIdsRequest>(
      ['SecretId', 'MaxResults', 'NextToken', 'IncludeDeprecated'],
      (input, call) => listVersions(store, input, call),
    ),
  }
}

function moveStage(store: SecretStore, input: UpdateSecretVersionStageRequest, call: Call): object {
  const secret = store.requireLive(call, input.SecretId)
  const { VersionStage: stage = '', MoveToVersionId: to, RemoveFromVersionId: from } = input
  for (const id of [to, from]) {
    if (id !== undefined && !secret.versions.some((version) => version.id === id)) {
      throw notFound(` value for VersionId: ${id}`)
    }
  }
  const holder = secret.versions.find(({ stages }) => stages.includes(stage))?.id
  if (to === undefined && stage === current) {
    throw refusal(
      'InvalidParameterException',
      `You can only move staging label ${current} to a different secret version. It can’t be completely removed.`,
    )
  }
  if (holder !== undefined && holder !== to && from === undefined) {
    throw refusal(
      'InvalidParameterException',
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    )
  }
  if (from !== undefined && from !== holder) {
    throw refusal('InvalidParameterException', `Staging label ${stage} is not attached to version ${from}.`)
  }
  store.put({ ...withStage(secret, stage, to), changed: store.clock() })
  return { ARN: secret.arn, Name: secret.name }
}

function listVersions(
  store: SecretStore,
  input: ListSecretVersionIdsRequest,
  call: Call,
): ListSecretVersionIdsResponse {
  const { arn, name, versions, kmsKey = 'DefaultEncryptionKey' } = store.require(call, input.SecretId)
  const shown = versions.map((version, index) => ({ version, key: numberKey(index) }))
  const { items, next } = pageOf(
    shown.filter(({ version }) => input.IncludeDeprecated || version.stages.length > 0),
    ({ key }) => key,
    { size: input.MaxResults ?? 100, token: input.NextToken, descending: true, invalidToken },
  )
  return {
    ARN: arn,
    Name: name,
    Versions: items.map(({ version: { id, stages, created, accessed } }) => ({
      VersionId: id,
      ...(stages.length > 0 && { VersionStages: [...stages] }),
      ...(accessed !== undefined && { LastAccessedDate: new Date(accessed) }),
      CreatedDate: new Date(created),
      KmsKeyIds: [kmsKey],
    })),
    ...(next !== undefined && { NextToken: next }),
  }
}

/** 400. */
export function invalidToken(): Error {
  return refusal('InvalidParameterException', 'Invalid NextToken.')
}
