import type {
  CreateSecretRequest,
  CreateSecretResponse,
  DeleteSecretRequest,
  DeleteSecretResponse,
  DescribeSecretRequest,
  GetResourcePolicyRequest,
  RestoreSecretRequest,
  UpdateSecretRequest,
  UpdateSecretResponse,
} from '@aws-sdk/client-secrets-manager'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { described } from './described.ts'
import { refusal } from './errors.ts'
import { current, type Secret, withVersion } from './secret.ts'
import { newArn, type SecretStore } from './store.ts'
import { tagsIn } from './tags.ts'
import { checkToken, valueIn } from './values.ts'

const dayMs = 86_400_000

export function lifecycleOperations(store: SecretStore): Operations {
  return {
    CreateSecret: accepting<CreateSecretRequest>(
      ['Name', 'ClientRequestToken', 'Description', 'KmsKeyId', 'SecretString', 'SecretBinary', 'Tags'],
      (input, call) => create(store, input, call),
    ),
    UpdateSecret: accepting<UpdateSecretRequest>(
      ['SecretId', 'ClientRequestToken', 'Description', 'KmsKeyId', 'SecretString', 'SecretBinary'],
      (input, call) => update(store, input, call),
    ),
    DescribeSecret: accepting<DescribeSecretRequest>(['SecretId'], (input, call) =>
      described(store.require(call, input.SecretId)),
    ),
    // No secret has a policy: PutResourcePolicy is refused.
    GetResourcePolicy: accepting<GetResourcePolicyRequest>(['SecretId'], (input, call) => {
      const { arn, name } = store.require(call, input.SecretId)
      return { ARN: arn, Name: name }
    }),
    DeleteSecret: accepting<DeleteSecretRequest>(
      ['SecretId', 'RecoveryWindowInDays', 'ForceDeleteWithoutRecovery'],
      (input, call) => remove(store, input, call),
    ),
    RestoreSecret: accepting<RestoreSecretRequest>(['SecretId'], (input, call) => {
      const secret = store.require(call, input.SecretId)
      store.put({ ...secret, deleted: undefined, gone: undefined })
      return { ARN: secret.arn, Name: secret.name }
    }),
  }
}

function create(store: SecretStore, input: CreateSecretRequest, call: Call): CreateSecretResponse {
  const { Name: name = '', ClientRequestToken: token } = input
  const present = store.find(call, name)
  const value = valueIn(input)
  checkToken(token, value)
  const now = store.clock()
  if (present?.deleted !== undefined) {
    throw refusal(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    )
  }
  // The same request again is harmless, as its token and value tell.
  const isKnown = present?.versions.some(({ id }) => id === token) ?? false
  if (present && !isKnown) {
    throw refusal(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`,
    )
  }
  const empty: Secret = {
    name,
    arn: newArn(call, name),
    description: input.Description,
    kmsKey: input.KmsKeyId,
    tags: input.Tags && tagsIn(input.Tags),
    versions: [],
    created: now,
    changed: now,
  }
  return putValue(store, present ?? empty, input)
}

function update(store: SecretStore, input: UpdateSecretRequest, call: Call): UpdateSecretResponse {
  checkToken(input.ClientRequestToken, valueIn(input))
  const { Description, KmsKeyId, SecretId } = input
  const secret: Secret = { ...store.requireLive(call, SecretId), changed: store.clock() }
  const changes = {
    ...(Description !== undefined && { description: Description }),
    ...(KmsKeyId !== undefined && { kmsKey: KmsKeyId }),
  }
  return putValue(store, { ...secret, ...changes }, input)
}

type ValueRequest = Pick<CreateSecretRequest, 'ClientRequestToken' | 'SecretString' | 'SecretBinary'>

/** Stores a secret, with a new current version if the request has a value. */
function putValue(store: SecretStore, secret: Secret, input: ValueRequest): CreateSecretResponse {
  const value = valueIn(input)
  if (!value) {
    store.put(secret)
    return { ARN: secret.arn, Name: secret.name }
  }
  const put = { ...value, token: input.ClientRequestToken, stages: [current], now: store.clock() }
  const [next, { id }] = withVersion(secret, put)
  store.put(next)
  return { ARN: next.arn, Name: next.name, VersionId: id }
}

function remove(store: SecretStore, input: DeleteSecretRequest, call: Call): DeleteSecretResponse {
  const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced } = input
  if (days !== undefined && (days < 7 || days > 30)) {
    throw refusal(
      'InvalidParameterException',
      'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
    )
  }
  if (isForced && days !== undefined) {
    throw refusal(
      'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    )
  }
  const now = store.clock()
  if (isForced) return removeNow(store, input, call)
  const secret = store.requireLive(call, input.SecretId)
  const gone = now + (days ?? 30) * dayMs
  store.put({ ...secret, deleted: now, gone })
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(gone) }
}

/** A forced deletion succeeds for a secret that is not there too. */
function removeNow(
  store: SecretStore,
  { SecretId: id = '' }: DeleteSecretRequest,
  call: Call,
): DeleteSecretResponse {
  const secret = store.find(call, id)
  if (secret) store.remove(secret)
  const DeletionDate = new Date(store.clock())
  return { ARN: secret?.arn ?? newArn(call, id), Name: secret?.name ?? id, DeletionDate }
}
