import { LambdactlError } from '../../../errors/error.ts'
import type { Role } from '../../../logs/model/shown-line.ts'
import { parseRecord } from '../../../release/values/record.ts'
import { rolesOf } from '../../../release/values/roles.ts'
import { commandFor, type Target } from '../../run/run.ts'
import type { Tailing } from '../patient-pages.ts'

/**
 * The version that is the stable one or the candidate of an alias now.
 *
 * @throws LambdactlError NOT_FOUND without the alias, or without a candidate
 */
export async function versionByRole(
  { aws }: Pick<Tailing, 'aws'>,
  target: Target,
  role: Role,
): Promise<string> {
  const { lambdaName, alias } = target
  const state = await aws.aliases.get(lambdaName, alias)
  if (!state) {
    throw new LambdactlError('NOT_FOUND', `There is no alias ${alias} of ${lambdaName}.`, {
      next: [`Deploy the function first: ${commandFor(target, 'deploy')}`],
    })
  }
  const version = rolesOf(state)[role]
  if (version !== undefined) return version
  const last = parseRecord(state.description)?.candidate
  throw new LambdactlError('NOT_FOUND', `Alias ${alias} of ${lambdaName} has no candidate now.`, {
    next: [
      ...(last === undefined ? [] : [`Name the candidate of the last release: --version ${last}`]),
      `See the state of the alias: ${commandFor(target, 'status')}`,
    ],
  })
}
