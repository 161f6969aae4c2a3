import type {
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from '@aws-sdk/client-secrets-manager'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
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
        readAt(store, secret, version)
        return valueAnswer(secret, version)
      },
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
  checkToken(token, value)
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

/** Checks the token of a request: a value needs one, which becomes the id of its version. @throws ServiceError 400 */
export function checkToken(token: string | undefined, value: Value | undefined): void {
  if (token === undefined && value) {
    throw refusal(
      'InvalidRequestException',
      'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
    )
  }
  if (token === undefined || (token.length >= 32 && token.length <= 64)) return
  throw refusal('InvalidParameterException', 'ClientRequestToken must be 32-64 characters long.')
}

/** Notes that a version was read. Secrets Manager says the day only. */
function readAt(store: SecretStore, secret: Secret, { id }: SecretVersion): void {
  const accessed = startOfDay(store.clock())
  const versions = secret.versions.map((each) => (each.id === id ? { ...each, accessed } : each))
  store.put({ ...secret, versions, accessed })
}

export function valueAnswer(
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

function startOfDay(time: number): number {
  return time - (time % 86_400_000)
}
