import { createHash } from 'node:crypto'
import type { FunctionCode, FunctionCodeLocation, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import type { StoredCode } from '../code/code-store.ts'
import { invalidParameter } from '../requests/errors.ts'

/**
 * An image for a function. The sandbox has no ECR: it accepts every URI, and makes up a digest for a tag.
 *
 * @throws ServiceError 400 if there is none
 */
export function receiveImage(source: FunctionCode | UpdateFunctionCodeRequest | undefined): StoredCode {
  const uri = source?.ImageUri
  if (!uri) {
    throw invalidParameter('Please provide ImageUri when updating a function with packageType Image.')
  }
  const [, pinned] = /@sha256:([0-9a-f]{64})$/.exec(uri) ?? []
  const sha256 = pinned ?? createHash('sha256').update(uri).digest('hex')
  return { digest: sha256, sha256, size: 0, imageUri: uri }
}

/** The image's location in GetFunction. */
export function imageLocation(imageUri: string, { sha256 }: StoredCode): FunctionCodeLocation {
  const repository = imageUri.replace(/@.*$|:[^/:]+$/, '')
  return { RepositoryType: 'ECR', ImageUri: imageUri, ResolvedImageUri: `${repository}@sha256:${sha256}` }
}
