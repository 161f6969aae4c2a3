import { isConflict } from '../../errors/after-a-call.ts'
import { LambdactlError } from '../../errors/error.ts'
import { readEntries } from '../../release/journal/entry.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { isUntouched } from '../../release/values/same-alias.ts'
import { commandFor, type Run, type Target } from './run.ts'

/**
 * Names the winner of a conflict: the release that has the alias now, or the fact that something moved it or changed
 * the function.
 *
 * @param found the alias as this release first read it
 * @returns the error itself if it is no conflict, or the winner is unknown
 */
export async function explainConflict(
  run: Run,
  target: Target,
  found: AliasState | undefined,
  error: unknown,
): Promise<unknown> {
  if (!isConflict(error)) return error
  try {
    const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
    const who =
      alias && !isUntouched(found, alias) ? await whoMoved(run, alias, found) : await whoChanged(run, target)
    return who === undefined ? error : quicker(target, who, error)
  } catch {
    // A failed read must not hide the conflict.
    return error
  }
}

async function whoMoved(run: Run, alias: AliasState, found: AliasState | undefined): Promise<string> {
  const record = parseRecord(alias.description)
  if (!record || record.id === parseRecord(found?.description ?? '')?.id) {
    return `something else moved the alias ${alias.name}, which is on version ${alias.version} now`
  }
  const plan = readEntries(await run.aws.journal.read(record.id)).find(({ kind }) => kind === 'plan')
  const by = plan?.by === undefined ? '' : ` by ${plan.by}`
  return `release ${record.id} (${record.strategy} of version ${record.candidate}, ${record.phase})${by} changed the alias first`
}

async function whoChanged(run: Run, target: Target): Promise<string | undefined> {
  const latest = await run.aws.functions.get(target.lambdaName)
  return latest && `something else changed the function, last at ${latest.lastModified}`
}

function quicker(target: Target, who: string, cause: LambdactlError): LambdactlError {
  const what = cause.message.replace(/\.$/, '')
  return new LambdactlError(
    'CONFLICT',
    `This release of ${target.lambdaName} stopped, since ${who}. ${what}.`,
    {
      next: [
        `See its state: ${commandFor(target, 'status')}`,
        'If you still want this release, run the command again: it starts from the present state.',
      ],
      cause,
    },
  )
}
