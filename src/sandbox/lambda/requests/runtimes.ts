import { invalidParameter } from './errors.ts'

/** Runtimes that Lambda accepts, in the order of its own list. */
const runtimes = [
  'nodejs20.x',
  'python3.14',
  'provided.al2023',
  'python3.12',
  'python3.13',
  'nodejs24.x',
  'nodejs22.x',
  'java25',
  'python3.10',
  'python3.11',
  'java21',
  'ruby3.3',
  'ruby3.4',
  'ruby3.2',
  'python3.8',
  'python3.9',
  'java17',
  'nodejs16.x',
  'dotnet10',
  'dotnet8',
  'java11',
  'dotnet6',
  'nodejs18.x',
  'provided.al2',
  'java8.al2',
]
/** A runtime that is newer than the list in Lambda's message. */
const newRuntimes = new Set(['ruby4.0'])
/** Runtimes past their end. */
const endedRuntimes: ReadonlySet<string> = new Set([
  'nodejs',
  'nodejs4.3',
  'nodejs4.3-edge',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'nodejs14.x',
  'python2.7',
  'python3.6',
  'python3.7',
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
  'dotnetcore3.1',
  'java8',
  'go1.x',
  'ruby2.5',
  'ruby2.7',
  'provided',
])

/** Checks the runtime of a function. @throws ServiceError 400 for an unknown one, or one past its end */
export function checkRuntime(runtime: string | undefined): void {
  if (runtime === undefined || runtimes.includes(runtime) || newRuntimes.has(runtime)) return
  if (endedRuntimes.has(runtime)) {
    throw invalidParameter(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    )
  }
  throw invalidParameter(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${runtimes.join(', ')}] or be a valid ARN`,
  )
}
