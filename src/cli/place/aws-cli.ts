import { existsSync } from 'node:fs'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import type { Variables } from '../../config/values/interpolate.ts'
import { shellWord } from '../../errors/shell-word.ts'
import type { AwsCli } from '../../workflows/run/run.ts'
import { credentialsFileOf, sandboxProfile } from '../sandbox-key/credentials-file.ts'
import { sandboxKeyAt } from '../sandbox-key/read-key.ts'
import { type ConnectFlags, choosePlace } from './choose-place.ts'

/**
 * How the AWS CLI is called to act where lambdactl does. It has no flag for what it reads itself; its own rules for AWS_REGION
 * differ by version, so the Region is always named. At this user's sandbox it takes the credentials that the sandbox left,
 * since ambient ones are of no use there.
 *
 * @throws LambdactlError USAGE for an endpoint that is no address
 */
export function awsCli(
  environment: Pick<LocatedEnvironment, 'region' | 'endpoint' | 'profile'>,
  flags: ConnectFlags,
  variables: Variables,
): AwsCli {
  const { region, endpoint, profile } = choosePlace(environment, flags, variables)
  const key = sandboxKeyAt(
    endpoint?.value ?? variables['AWS_ENDPOINT_URL_LAMBDA'] ?? variables['AWS_ENDPOINT_URL'],
    variables,
  )
  const credentials = key === undefined ? undefined : credentialsFileOf(key.path)
  const isSandbox = credentials !== undefined && existsSync(credentials)
  return {
    program: isSandbox ? `AWS_SHARED_CREDENTIALS_FILE=${shellWord(credentials)} aws` : 'aws',
    flags: [
      ...flag('region', region?.value),
      ...flag('endpoint-url', endpoint?.value),
      ...flag('profile', isSandbox ? sandboxProfile : profile?.value),
    ],
  }
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name} ${shellWord(value)}`]
}
