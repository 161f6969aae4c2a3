import type { LocatedEnvironment } from '../config/types.ts'
import { LambdactlError } from '../errors/error.ts'
import type { Aws } from '../ports/aws.ts'
import { maskAll } from './mask.ts'
import { sandboxKey } from './sandbox-key/read-key.ts'
import { systemClock } from './system-clock.ts'

/** What the connection flags said. */
export interface ConnectFlags {
  region: string | undefined
  'endpoint-url': string | undefined
  profile: string | undefined
}

/**
 * Connects an environment to AWS. At this user's own sandbox, its key is used whatever credentials there are. A flag beats
 * the process's variables, and those beat the file, as in the AWS CLI; the SDK itself reads what is left undefined.
 *
 * @throws LambdactlError ACCOUNT_MISMATCH when the environment names another account than the credentials'
 */
export async function connect(environment: LocatedEnvironment, flags: ConnectFlags): Promise<Aws> {
  const [{ connection }, { connectAws }] = await Promise.all([
    import('../aws/connection.ts'),
    import('../aws/connect-aws.ts'),
  ])
  const aws = connectAws(connection(connectionOptions(environment, flags, process.env), systemClock))
  if (environment.account !== undefined) await requireAccount(environment.name, environment.account, aws)
  return { ...aws, journal: masked(aws.journal) }
}

/** Whoever may read the journal reads no secrets there. */
function masked(journal: Aws['journal']): Aws['journal'] {
  return { ...journal, append: (release, entry) => journal.append(release, maskAll(entry)) }
}

/** Which Region, endpoint and profile hold. */
function connectionOptions(
  { region, endpoint, profile }: LocatedEnvironment,
  flags: ConnectFlags,
  variables: NodeJS.ProcessEnv,
) {
  const hasEndpoint = Object.entries(variables).some(
    ([name, value]) => name.startsWith('AWS_ENDPOINT_URL') && value,
  )
  const chosen = flags['endpoint-url'] ?? (hasEndpoint ? undefined : endpoint)
  const ambient = variables['AWS_ENDPOINT_URL_LAMBDA'] || variables['AWS_ENDPOINT_URL']
  return {
    accessKey: sandboxKey(chosen ?? ambient, variables),
    region: flags.region ?? variables['AWS_REGION'] ?? variables['AWS_DEFAULT_REGION'] ?? region,
    endpoint: chosen,
    profile: flags.profile ?? (variables['AWS_PROFILE'] ? undefined : profile),
  }
}

async function requireAccount(environment: string, expected: string, { identity }: Aws): Promise<void> {
  const { account } = await identity.caller()
  if (account === expected) return
  throw new LambdactlError(
    'ACCOUNT_MISMATCH',
    `The environment ${environment} is account ${expected}, but these credentials are of ${account}.`,
    { next: ['Sign in to the right account, or choose another --env.'] },
  )
}
