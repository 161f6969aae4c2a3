import type { DescribeSecretResponse, SecretListEntry } from '@aws-sdk/client-secrets-manager'
import { type Secret, stagesById } from './secret.ts'

/** The facts about a secret, without its value. */
export function described(secret: Secret): DescribeSecretResponse {
  const { versions } = secret
  return {
    ...facts(secret),
    ...(versions.length > 0 && { VersionIdsToStages: stagesById(secret) }),
  }
}

/** The same in a list. */
export function listed(secret: Secret): SecretListEntry {
  return {
    ...facts(secret),
    ...(secret.versions.length > 0 && { SecretVersionsToStages: stagesById(secret) }),
  }
}

function facts({ arn, name, description, kmsKey, tags, created, changed, accessed, deleted }: Secret) {
  const Tags = tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return {
    ARN: arn,
    Name: name,
    ...(description !== undefined && { Description: description }),
    ...(kmsKey !== undefined && { KmsKeyId: kmsKey }),
    CreatedDate: new Date(created),
    LastChangedDate: new Date(changed),
    ...(accessed !== undefined && { LastAccessedDate: new Date(accessed) }),
    ...(deleted !== undefined && { DeletedDate: new Date(deleted) }),
    ...(Tags && { Tags }),
  }
}
