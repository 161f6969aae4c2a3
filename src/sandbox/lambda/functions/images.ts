import { createHash } from 'node:crypto'
import type { FunctionCode, FunctionCodeLocation, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import type { StoredCode } from '../code/code-store.ts'
import { invalidParameter } from '../requests/errors.ts'

/**
 * An image that a function is to run. The sandbox has no ECR: it takes every URI, and for a tag a digest of its own.
 *
 * @throws ServiceError 400 where there is none
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

/** Where GetFunction says that an image is. */
export function imageLocation(imageUri: string, { sha256 }: StoredCode): FunctionCodeLocation {
  const repository = imageUri.replace(/@.*$|:[^/:]+$/, '')
  return { RepositoryType: 'ECR', ImageUri: imageUri, ResolvedImageUri: `${repository}@sha256:${sha256}` }
}
