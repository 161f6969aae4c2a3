import { LambdactlError } from '../../errors/error.ts'
import { ownerOf } from '../../release/values/owner.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'

/**
 * Requires that a function's reserved concurrency is lambdactl's to set.
 *
 * @throws LambdactlError USAGE for a function of another tool, with that tool's name if its tags tell
 */
export async function requireOwnReservation(run: Run, target: Target): Promise<void> {
  if (!target.codeOnly) return
  throw await notOurs(run, target, 'reserved concurrency', [
    `In an incident, this stops all its invocations until you start it again: ${commandFor(target, 'concurrency stop', `--reason 'TEXT'`)}`,
    `To see it: ${commandFor(target, 'concurrency show')}`,
  ])
}

/** The same for the alias's provisioned concurrency and its scaling. */
export async function requireOwnAliasProvisioned(run: Run, target: Target): Promise<void> {
  if (!target.codeOnly) return
  throw await notOurs(run, target, `provisioned concurrency of alias ${target.alias}`, [])
}

/** The same for that of versions, which is lambdactl's if the file gives the function some. */
export async function requireOwnProvisioned(run: Run, target: Target): Promise<void> {
  if (!target.codeOnly || target.codeOnly.provisions) return
  throw await notOurs(run, target, 'provisioned concurrency', [
    `To let lambdactl give it to each new version, remove it in that tool and write functions.${target.function}.provisionedConcurrency into ${run.config.name}.`,
  ])
}

/** The same for the qualifier that its triggers invoke. @param texts the ways to change it in that tool */
export async function requireOwnTriggers(run: Run, target: Target, texts: readonly string[]): Promise<void> {
  if (!target.codeOnly) return
  throw await notOurs(run, target, 'trigger configuration', texts)
}

async function notOurs(
  run: Run,
  target: Target,
  what: string,
  next: readonly string[],
): Promise<LambdactlError> {
  const found = await run.aws.functions.get(target.lambdaName)
  const owner = ownerOf(found?.tags) ?? 'the tool that makes it'
  return new LambdactlError(
    'USAGE',
    `The ${what} of ${target.lambdaName} belongs to ${owner}, since ${target.function} has manages: code.`,
    { next: [`Set it in ${owner === 'the tool that makes it' ? 'that tool' : owner}.`, ...next] },
  )
}
