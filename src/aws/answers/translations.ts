import type { ErrorCode } from '../../errors/codes.ts'
import type { NextStep } from '../../errors/next-step.ts'

/** The code that an error of AWS has here, and its next steps. */
export interface Translation {
  code: ErrorCode
  next: NextStep[]
}

const notAuthenticated: Translation = {
  code: 'NOT_AUTHENTICATED',
  next: [
    'Sign in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run the command again.',
  ],
}
const wrongClock: Translation = {
  code: 'NOT_AUTHENTICATED',
  next: [
    "Correct this machine's clock, for example with `timedatectl set-ntp true`, then run the command again.",
  ],
}
const notPermitted: Translation = {
  code: 'NOT_PERMITTED',
  next: ['Have the permission that the message names granted to this identity, then run the command again.'],
}
const notFound: Translation = { code: 'NOT_FOUND', next: ['Check the name, the Region and the account.'] }
const conflict: Translation = {
  code: 'CONFLICT',
  next: [
    (config) =>
      `Something else changed it meanwhile: see its state with \`${config.status}\`, then run the command again.`,
  ],
}
export const unreadable: Translation = {
  code: 'UNREACHABLE',
  next: [
    'A proxy, a firewall or a sign-in page answered in place of AWS: sign in there, or correct the endpoint or the proxy, then run the command again.',
  ],
}
export const unavailable: Translation = {
  code: 'AWS_UNAVAILABLE',
  next: ['lambdactl retried the call; run the command again later.'],
}
export const refused: Translation = {
  code: 'AWS_REFUSED',
  next: ['Correct the problem that the message names, then run the command again.'],
}

export const noRegion: Translation = {
  code: 'CONFIG_INVALID',
  next: [(config) => `Give the environment a region in ${config.name}, or set AWS_REGION, or pass --region.`],
}

const badEndpoint: Translation = {
  code: 'USAGE',
  next: [
    (config) =>
      `Give the endpoint as in http://127.0.0.1:4510: --endpoint-url, LAMBDACTL_ENDPOINT_URL, or endpoint: in ${config.name}.`,
  ],
}

const noSuchBucket: Translation = {
  code: 'NOT_FOUND',
  next: [
    (config) =>
      `Create the bucket in the function's Region, or correct artifacts: in ${config.name}, or the bucket of source:.`,
  ],
}
const bucketElsewhere: Translation = {
  code: 'AWS_REFUSED',
  next: [
    (config) =>
      `Lambda reads packages only from buckets in its own Region: name one there with artifacts: in ${config.name}, or with source: if the zip is there.`,
  ],
}

/** By the names that AWS's services, S3 and Node give their errors. */
export const byName: Readonly<Record<string, Translation>> = {
  TokenProviderError: notAuthenticated,
  ExpiredToken: notAuthenticated,
  ExpiredTokenException: notAuthenticated,
  UnrecognizedClientException: notAuthenticated,
  InvalidClientTokenId: notAuthenticated,
  InvalidAccessKeyId: notAuthenticated,
  InvalidSignatureException: notAuthenticated,
  SignatureDoesNotMatch: notAuthenticated,
  IncompleteSignatureException: notAuthenticated,
  MissingAuthenticationTokenException: notAuthenticated,
  RequestExpired: wrongClock,
  RequestInTheFuture: wrongClock,
  RequestTimeTooSkewed: wrongClock,
  NoSuchBucket: noSuchBucket,
  PermanentRedirect: bucketElsewhere,
  AccessDenied: notPermitted,
  AccessDeniedException: notPermitted,
  ResourceNotFoundException: notFound,
  NoSuchEntityException: notFound,
  ResourceNotFound: notFound,
  // Application Auto Scaling's.
  ObjectNotFoundException: notFound,
  ConcurrentUpdateException: conflict,
  ProvisionedConcurrencyConfigNotFoundException: notFound,
  ResourceConflictException: conflict,
  PreconditionFailedException: conflict,
  ERR_INVALID_URL: badEndpoint,
  // CloudWatch and CloudWatch Logs throttle with status 400; S3 uses it when it reads a request too late.
  Throttling: unavailable,
  ThrottlingException: unavailable,
  ThrottledException: unavailable,
  RequestThrottled: unavailable,
  RequestThrottledException: unavailable,
  RequestLimitExceeded: unavailable,
  RequestTimeout: unavailable,
}
