import { existsSync } from 'node:fs'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import type { Variables } from '../../config/values/interpolate.ts'
import { shellWord } from '../../errors/shell-word.ts'
import type { AwsCli } from '../../workflows/run/run.ts'
import { credentialsFileOf, sandboxProfile } from '../sandbox-key/credentials-file.ts'
import { sandboxKeyAt } from '../sandbox-key/read-key.ts'
import { type ConnectFlags, choosePlace } from './choose-place.ts'

/**
 * The call of the AWS CLI that acts where lambdactl does. It has no flag for values that the AWS CLI reads itself. The
 * Region is always named, since versions differ in their rules for AWS_REGION. At this user's sandbox it uses the
 * sandbox's credentials file; others don't work there.
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
