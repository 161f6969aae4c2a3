import { ServiceError } from '../protocol/service-error.ts'

/** 404. */
export function noSuchBucket(bucket: string): ServiceError {
  return new ServiceError('NoSuchBucket', 404, 'The specified bucket does not exist', { BucketName: bucket })
}

/** 404. */
export function noSuchKey(key: string): ServiceError {
  return new ServiceError('NoSuchKey', 404, 'The specified key does not exist.', { Key: key })
}

/** 404. */
export function noSuchUpload(): ServiceError {
  return new ServiceError(
    'NoSuchUpload',
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  )
}

/** 400, with S3's code for the error. */
export function refused(code: string, message: string): ServiceError {
  return new ServiceError(code, 400, message)
}

/** 501: S3 supports it, the sandbox does not. */
export function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplemented', 501, `The sandbox does not have ${what}.`)
}
