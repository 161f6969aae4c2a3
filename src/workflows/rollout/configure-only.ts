import { randomBytes } from 'node:crypto'
import { releaseId } from '../../release/plan/plan.ts'
import type { Compared } from '../candidate/compare-candidate.ts'
import type { ReleaseResult } from '../run/release-result.ts'
import type { Run, Target } from '../run/run.ts'
import { apply, attachmentDifferences, tellPlanned } from '../settings/apply-attachments.ts'
import { journalConfigured } from '../settings/configured.ts'
import type { Difference } from '../settings/difference.ts'

/**
 * If nothing is published, applies settings that belong to no version and differ, or reports that none do.
 *
 * @param found the differences, if they were read already
 */
export async function configureOnly(
  run: Run,
  { target, fn, alias }: Compared,
  dryRun: boolean,
  found?: readonly Difference[],
): Promise<ReleaseResult> {
  const differences = found ?? (await attachmentDifferences(run, target, fn, alias))
  if (differences.length === 0) return unchanged(run, target, alias?.version)
  if (dryRun) tellPlanned(run, target, differences)
  else {
    await apply(run, target, differences)
    await journalConfigured(run, target, releaseId(randomBytes(8)), fn)
  }
  const outcome = dryRun ? 'planned' : 'configured'
  return { function: target.function, outcome, version: alias?.version, previous: undefined }
}

function unchanged(run: Run, target: Target, version: string | undefined): ReleaseResult {
  run.emit({ function: target.function, event: 'unchanged', version: version ?? '', alias: target.alias })
  return { function: target.function, outcome: 'unchanged', version, previous: undefined }
}
