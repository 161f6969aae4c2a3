import type { FunctionCode, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { StoredCode } from '../code/code-store.ts'
import type { LambdaContext } from '../records/context.ts'
import { invalidParameter } from '../requests/errors.ts'

type Source = Pick<
  FunctionCode | UpdateFunctionCodeRequest,
  'ZipFile' | 'S3Bucket' | 'S3Key' | 'S3ObjectVersion' | 'ImageUri'
>

/**
 * Stores the package of a request.
 *
 * @throws ServiceError 400 or 413
 */
export async function receiveCode(
  { code, readObject }: Pick<LambdaContext, 'code' | 'readObject'>,
  source: Source | undefined,
  operation: string,
  call: Call,
): Promise<StoredCode> {
  if (source?.ImageUri !== undefined) {
    throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.")
  }
  if (source?.S3Bucket !== undefined || source?.S3Key !== undefined) {
    return await code.putStored(await fromS3(readObject, source, call))
  }
  if (!source?.ZipFile) throw invalidParameter('Please provide a source for function code.')
  return await code.put(source.ZipFile, operation)
}

/** A package without a key of its own is encrypted with AWS's key. */
export function withKey(
  code: StoredCode,
  { SourceKMSKeyArn: kmsKey }: Pick<FunctionCode, 'SourceKMSKeyArn'> = {},
): StoredCode {
  return kmsKey ? { ...code, kmsKey } : code
}

async function fromS3(
  readObject: LambdaContext['readObject'],
  source: Source,
  call: Call,
): Promise<Uint8Array> {
  const { S3Bucket: Bucket = '', S3Key: Key = '', S3ObjectVersion: VersionId } = source
  try {
    return await readObject({ Bucket, Key, VersionId }, call)
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const message =
      error.code === 'PermanentRedirect'
        ? `The bucket is in this region: ${String(error.details['Region'])}. Please use this region to retry the request`
        : error.message
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${message}`,
    )
  }
}
