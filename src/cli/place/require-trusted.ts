import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { isLoopback } from '../../config/values/endpoint.ts'
import type { Variables } from '../../config/values/interpolate.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { Chosen } from './choose-place.ts'
import { isTrusted } from './trusted-files.ts'

/**
 * Decides whether a file may send AWS's calls, with the functions' contents, to another place than AWS: to this machine
 * always, to another one only over https and if a person has trusted the file. A flag or a variable is a person's
 * decision.
 *
 * @throws LambdactlError CONFIG_INVALID, UNTRUSTED
 */
export function requireTrusted(
  { name, file }: Pick<LocatedEnvironment, 'name' | 'file'>,
  endpoint: Chosen | undefined,
  variables: Variables,
): void {
  if (endpoint?.by !== 'file' || isLoopback(endpoint.value)) return
  const byFlag = `Or name the endpoint for this command only: --endpoint-url ${endpoint.value}, or LAMBDACTL_ENDPOINT_URL.`
  if (!/^https:/i.test(endpoint.value)) {
    throw new LambdactlError(
      'CONFIG_INVALID',
      `environments.${name}.endpoint: expected https or an address of this machine (127.0.0.1, ::1, localhost), got ${endpoint.value}, where others could read the traffic.`,
      { next: [(config) => `Correct endpoint: in ${config.name}.`, byFlag] },
    )
  }
  if (file && isTrusted(file, variables)) return
  throw new LambdactlError(
    'UNTRUSTED',
    `${file?.path ?? 'The configuration file'} sends the calls of ${name} to ${endpoint.value} and not to AWS, and you have not trusted the present content of the file.`,
    {
      next: [
        (config) => `Read the file. If you know that address, trust the file: ${config.command('trust')}.`,
        byFlag,
      ],
    },
  )
}
