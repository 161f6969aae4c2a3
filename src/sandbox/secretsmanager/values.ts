import type {
  BatchGetSecretValueRequest,
  BatchGetSecretValueResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
  SecretValueEntry,
} from '@aws-sdk/client-secrets-manager'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { refusal } from './errors.ts'
import { current, type Secret, type SecretVersion, type Value, versionOf, withVersion } from './secret.ts'
import type { SecretStore } from './store.ts'

/** Secrets Manager's limit for a value, bytes. */
const largestValue = 65_536

export function valueOperations(store: SecretStore): Operations {
  return {
    PutSecretValue: accepting<PutSecretValueRequest>(
      ['SecretId', 'ClientRequestToken', 'SecretString', 'SecretBinary', 'VersionStages'],
      (input, call) => putValue(store, input, call),
    ),
    GetSecretValue: accepting<GetSecretValueRequest>(
      ['SecretId', 'VersionId', 'VersionStage'],
      (input, call) => {
        const secret = store.requireLive(call, input.SecretId)
        const version = versionOf(secret, input.VersionId, input.VersionStage)
        store.put({ ...secret, accessed: startOfDay(store.clock()) })
        return valueAnswer(secret, version)
      },
    ),
    BatchGetSecretValue: accepting<BatchGetSecretValueRequest>(['SecretIdList'], (input, call) =>
      batchGet(store, input, call),
    ),
  }
}

function putValue(store: SecretStore, input: PutSecretValueRequest, call: Call): PutSecretValueResponse {
  const secret = store.requireLive(call, input.SecretId)
  const value = valueIn(input)
  if (!value) {
    throw refusal('InvalidRequestException', 'You must provide either SecretString or SecretBinary.')
  }
  const { ClientRequestToken: token, VersionStages: stages = [current] } = input
  checkToken(token)
  const [next, version] = withVersion(secret, { ...value, token, stages, now: store.clock() })
  store.put(next)
  return { ARN: next.arn, Name: next.name, VersionId: version.id, VersionStages: [...version.stages] }
}

/** The value in a request; undefined if there is none. @throws ServiceError 400 */
export function valueIn({ SecretString, SecretBinary }: PutSecretValueInput): Value | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw refusal(
      'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    )
  }
  const size = SecretString === undefined ? (SecretBinary?.byteLength ?? 0) : Buffer.byteLength(SecretString)
  if (size > largestValue) {
    throw refusal(
      'InvalidParameterException',
      `The secret value must be at most ${largestValue} bytes, got ${size}.`,
    )
  }
  if (SecretString) return { text: SecretString }
  if (SecretBinary && size > 0) return { binary: Buffer.from(SecretBinary).toString('base64') }
  return undefined
}

type PutSecretValueInput = Pick<PutSecretValueRequest, 'SecretString' | 'SecretBinary'>

/** @throws ServiceError 400 */
export function checkToken(token: string | undefined): void {
  if (token === undefined || (token.length >= 32 && token.length <= 64)) return
  throw refusal('InvalidParameterException', 'ClientRequestToken must be 32-64 characters long.')
}

function valueAnswer(
  secret: Secret,
  { id, text, binary, stages, created }: SecretVersion,
): GetSecretValueResponse {
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: id,
    ...(text !== undefined && { SecretString: text }),
    ...(binary !== undefined && { SecretBinary: Buffer.from(binary, 'base64') }),
    VersionStages: [...stages],
    CreatedDate: new Date(created),
  }
}

function batchGet(
  store: SecretStore,
  { SecretIdList = [] }: BatchGetSecretValueRequest,
  call: Call,
): BatchGetSecretValueResponse {
  if (SecretIdList.length === 0 || SecretIdList.length > 20) {
    throw refusal('InvalidParameterException', 'SecretIdList must have from 1 to 20 secrets.')
  }
  const answer = {
    SecretValues: [] as SecretValueEntry[],
    Errors: [] as NonNullable<BatchGetSecretValueResponse['Errors']>,
  }
  for (const id of SecretIdList) {
    try {
      const secret = store.requireLive(call, id)
      answer.SecretValues.push(valueAnswer(secret, versionOf(secret, undefined, undefined)))
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      answer.Errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message })
    }
  }
  return answer
}

/** Secrets Manager says the day of the last access only. */
function startOfDay(time: number): number {
  return time - (time % 86_400_000)
}
