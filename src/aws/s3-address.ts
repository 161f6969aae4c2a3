import type { ArtifactPlace } from '../ports/artifacts.ts'

/** What every request about an object says. */
export function addressOf({ bucket, key, owner }: ArtifactPlace) {
  return { Bucket: bucket, Key: key, ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }) }
}

/** What a request says that begins an object. */
export function encryptionOf({ kmsKey }: ArtifactPlace) {
  return kmsKey === undefined ? {} : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKey }
}
