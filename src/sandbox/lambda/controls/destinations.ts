import type { DestinationConfig } from '@aws-sdk/client-lambda'
import type { LambdaContext } from '../records/context.ts'
import { invalidParameter } from '../requests/errors.ts'
import { lambdaParts } from '../requests/names.ts'

/** The services whose resources take what an invocation leaves; S3 takes only failures. */
const services = new Set(['sqs', 'sns', 'events', 'lambda'])

/**
 * Checks the destinations of a function's asynchronous invocations. Only functions are known here to exist or not: of
 * queues, topics and buses any ARN is accepted.
 *
 * @throws ServiceError 400
 */
export function checkDestinations(
  { store }: Pick<LambdaContext, 'store'>,
  functionName: string,
  config: DestinationConfig | undefined,
): void {
  const success = config?.OnSuccess?.Destination
  const failure = config?.OnFailure?.Destination
  if (!isServed(success) || !(isServed(failure) || serviceOf(failure) === 's3')) {
    const [onSuccess, onFailure] = [shown('OnSuccess', success), shown('OnFailure', failure)]
    throw invalidParameter(
      `The provided destination config DestinationConfig(onSuccess=${onSuccess}, onFailure=${onFailure}) is invalid.`,
    )
  }
  for (const arn of [failure, success])
    if (serviceOf(arn) === 'lambda') checkFunction(store, functionName, arn)
}

/** No destination, or an empty one, is served. */
function isServed(arn: string | undefined): boolean {
  return !arn || services.has(serviceOf(arn))
}

function serviceOf(arn = ''): string {
  return arn.split(':')[2] ?? ''
}

function shown(kind: string, arn: string | undefined): string {
  return arn ? `${kind}(destination=${arn})` : 'null'
}

function checkFunction(store: LambdaContext['store'], functionName: string, arn = ''): void {
  const { region = '', name = '' } = lambdaParts(arn)
  if (!store.find(region, name)) throw invalidParameter(`The destination ARN ${arn} is invalid.`)
  if (name === functionName) {
    throw invalidParameter("You can't specify the function as a destination for itself.")
  }
}
