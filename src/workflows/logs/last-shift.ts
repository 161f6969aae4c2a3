import { LambdactlError } from '../../errors/error.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { commandFor, type Target } from '../run/run.ts'
import type { Tailing } from './patient-pages.ts'

/**
 * The time at which the last release of an alias got its first traffic; milliseconds since the epoch. Without its journal it
 * is the time of its last shift.
 *
 * @throws LambdactlError NOT_FOUND if no release is on record
 */
export async function firstShiftOf({ aws }: Tailing, target: Target): Promise<number> {
  const alias = await aws.aliases.get(target.lambdaName, target.alias)
  const record = alias && parseRecord(alias.description)
  if (!record) {
    throw new LambdactlError(
      'NOT_FOUND',
      `${target.lambdaName} has no release on record since which to read.`,
      {
        next: [`Name a time: ${commandFor(target, 'logs', '--since', '1h')}`],
      },
    )
  }
  return firstTrafficOf({ aws }, record)
}

/** The time at which a release got its first traffic, by its journal; without that it is the time of its last shift. */
export async function firstTrafficOf(
  { aws }: Pick<Tailing, 'aws'>,
  { id, since }: Pick<ReleaseRecord, 'id' | 'since'>,
): Promise<number> {
  const entries = await aws.journal.read(id)
  const plan = entries.find(({ kind }) => kind === 'plan')
  return plan?.time ?? since
}
