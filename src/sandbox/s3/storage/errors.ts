import { ServiceError } from '../../protocol/service-error.ts'

type Details = Readonly<Record<string, string>>

/** 404. */
export function noSuchBucket(bucket: string): ServiceError {
  return new ServiceError('NoSuchBucket', 404, 'The specified bucket does not exist', { BucketName: bucket })
}

/** 404. */
export function noSuchKey(key: string): ServiceError {
  return new ServiceError('NoSuchKey', 404, 'The specified key does not exist.', { Key: key })
}

/** 404. */
export function noSuchUpload(id: string): ServiceError {
  return new ServiceError(
    'NoSuchUpload',
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { UploadId: id },
  )
}

/** 400, with S3's code for the error. */
export function refused(code: string, message: string, details: Details = {}): ServiceError {
  return new ServiceError(code, 400, message, details)
}

/** 400. */
export function invalidArgument(message: string, name: string, value: string | number): ServiceError {
  return refused('InvalidArgument', message, { ArgumentName: name, ArgumentValue: String(value) })
}

/** 403: the content of an archived object has to be restored first. */
export function invalidObjectState(message: string, storageClass: string): ServiceError {
  return new ServiceError('InvalidObjectState', 403, message, { StorageClass: storageClass })
}

/** 412. */
export function preconditionFailed(condition: string): ServiceError {
  const message = 'At least one of the pre-conditions you specified did not hold'
  return new ServiceError('PreconditionFailed', 412, message, { Condition: condition })
}
