import type {
  BatchGetSecretValueRequest,
  BatchGetSecretValueResponse,
  SecretValueEntry,
} from '@aws-sdk/client-secrets-manager'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { refusal } from './errors.ts'
import { secretsPage } from './list-secrets.ts'
import { versionOf } from './secret.ts'
import type { SecretStore } from './store.ts'
import { valueAnswer } from './values.ts'

/** The most secrets in an answer, and the default. */
const mostSecrets = 20

export function batchOperation(store: SecretStore): Operations {
  return {
    BatchGetSecretValue: accepting<BatchGetSecretValueRequest>(
      ['SecretIdList', 'Filters', 'MaxResults', 'NextToken'],
      (input, call) => batchGet(store, input, call),
    ),
  }
}

/** The current values of secrets by a list or by filters; a secret without one is among the errors. */
function batchGet(
  store: SecretStore,
  input: BatchGetSecretValueRequest,
  call: Call,
): BatchGetSecretValueResponse {
  const { SecretIdList, Filters, MaxResults } = input
  if ((SecretIdList === undefined) === (Filters === undefined)) {
    const message = "Either 'SecretIdList' or 'Filters' must be provided, but not both."
    throw refusal('InvalidParameterException', message)
  }
  if (Filters === undefined && MaxResults !== undefined) {
    const message = "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided."
    throw refusal('InvalidParameterException', message)
  }
  const page = Filters && secretsPage(store, { ...input, MaxResults: MaxResults ?? mostSecrets }, call)
  const ids = page ? page.items.map(({ arn }) => arn) : (SecretIdList ?? [])
  return { ...valuesOf(store, ids, call), ...(page?.next !== undefined && { NextToken: page.next }) }
}

function valuesOf(store: SecretStore, ids: readonly string[], call: Call): BatchGetSecretValueResponse {
  const SecretValues: SecretValueEntry[] = []
  const Errors: NonNullable<BatchGetSecretValueResponse['Errors']> = []
  for (const id of ids) {
    try {
      const secret = store.requireLive(call, id)
      SecretValues.push(valueAnswer(secret, versionOf(secret, undefined, undefined)))
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      Errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message })
    }
  }
  return { SecretValues, Errors }
}
