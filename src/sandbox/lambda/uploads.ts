import type { FunctionCode, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import type { CodeStore, StoredCode } from './code-store.ts'
import { invalidParameter } from './errors.ts'

type Source = Pick<FunctionCode | UpdateFunctionCodeRequest, 'ZipFile' | 'S3Bucket' | 'S3Key' | 'ImageUri'>

/**
 * Takes the package of a request in.
 *
 * @throws ServiceError 400 or 413; the sandbox has no S3, so every bucket is one that does not exist
 */
export async function receiveCode(
  store: CodeStore,
  source: Source | undefined,
  operation: string,
): Promise<StoredCode> {
  if (source?.ImageUri !== undefined) {
    throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.")
  }
  if (source?.S3Bucket !== undefined || source?.S3Key !== undefined) {
    throw invalidParameter(
      'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
    )
  }
  if (!source?.ZipFile) throw invalidParameter('Please provide a source for function code.')
  return await store.put(source.ZipFile, operation)
}
