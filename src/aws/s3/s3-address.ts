import type { ArtifactPlace } from '../../ports/artifacts.ts'

/** Returns the address of an object, for every request about it. */
export function addressOf({ bucket, key, owner }: ArtifactPlace) {
  return { Bucket: bucket, Key: key, ...(owner === undefined ? {} : { ExpectedBucketOwner: owner }) }
}

/** Returns the encryption of an object, for the request that begins it. */
export function encryptionOf({ kmsKey }: ArtifactPlace) {
  return kmsKey === undefined ? {} : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKey }
}

/** Completes "Could not …" for every call that is part of an upload. */
export function uploading({ bucket, key }: ArtifactPlace): string {
  return `upload the package to s3://${bucket}/${key}`
}
