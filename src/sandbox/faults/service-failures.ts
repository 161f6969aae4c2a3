/** The arguments of a `ServiceError`. */
type Failure = [code: string, status: number, message: string, details?: Readonly<Record<string, string>>]

const rate = 'Rate exceeded'

/** The answer of a service to a caller that asks too often, as the service's model and its documentation have it. */
export function throttlingOf(service: string, operation: string): Failure {
  switch (service) {
    case 'lambda':
      // The control plane names no type.
      return operation.startsWith('Invoke')
        ? [
            'TooManyRequestsException',
            429,
            'Rate Exceeded.',
            { Type: 'User', Reason: 'CallerRateLimitExceeded' },
          ]
        : ['TooManyRequestsException', 429, rate]
    case 's3':
      return ['SlowDown', 503, 'Please reduce your request rate.']
    case 'sqs':
      return ['RequestThrottled', 403, 'Request is throttled.']
    case 'sns':
      return ['ThrottledException', 429, rate]
    case 'apigateway':
      return ['TooManyRequestsException', 429, 'Too Many Requests']
    case 'kinesis':
      return ['ProvisionedThroughputExceededException', 400, rate]
    case 'dynamodb':
      return [
        'ProvisionedThroughputExceededException',
        400,
        'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      ]
    case 'monitoring':
    case 'sts':
    case 'iam':
      return ['Throttling', 400, rate]
    default:
      return ['ThrottlingException', 400, rate]
  }
}

/** The answer of a service that fails itself. */
const failures: Readonly<Record<string, Failure>> = {
  lambda: [
    'ServiceException',
    500,
    'An error occurred and the request cannot be processed.',
    { Type: 'Service' },
  ],
  s3: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
  monitoring: ['InternalServiceFault', 500, 'The request processing has failed due to an internal error.'],
  dynamodb: ['InternalServerError', 500, 'The request processing has failed because of an unknown error.'],
  sns: ['InternalErrorException', 500, 'An internal error occurred.'],
  logs: ['ServiceUnavailableException', 500, 'The service cannot complete the request.'],
  ssm: ['InternalServerError', 500, 'An error occurred on the server side.'],
  secretsmanager: ['InternalServiceError', 500, 'An error occurred on the server side.'],
}

export function failureOf(service: string): Failure {
  return (
    failures[service] ?? [
      'InternalFailure',
      500,
      'The request processing has failed because of an unknown error.',
    ]
  )
}
