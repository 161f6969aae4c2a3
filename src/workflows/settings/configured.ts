import type { ResolvedFunction } from '../../config/types.ts'
import type { FunctionAttachments } from '../../function/attachments/attachments.ts'
import { attachmentKeys, attachmentName } from '../../function/attachments/compare.ts'
import { packageDigest } from '../../packaging/model/digest.ts'
import { type Configured, lastConfigured } from '../../release/journal/last-configured.ts'
import { keepJournal } from '../run/keep-journal.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import type { Difference } from './difference.ts'

/** Puts on record what of settings of no version was applied; nothing where the file has none. */
export async function journalConfigured(
  run: Run,
  target: Target,
  releaseId: string,
  { attachments }: ResolvedFunction,
): Promise<void> {
  const settings = fingerprintsOf(attachments)
  if (Object.keys(settings).length > 0)
    await keepJournal(run, target, releaseId, { kind: 'configured', settings })
}

/**
 * The settings of no version that somebody changed by hand: they are not what the file has, and the file has what was last
 * applied. Where the file was changed since, or the journal does not tell, nobody can say.
 */
export function changedByHand(
  differences: readonly Difference[],
  past: Past,
  target: Target,
  { attachments }: ResolvedFunction,
): Difference[] {
  const applied = lastConfigured(past ?? [], target)
  const wanted = fingerprintsOf(attachments)
  return differences.filter(({ field }) => applied[field] !== undefined && applied[field] === wanted[field])
}

/** By the names that differences have. */
function fingerprintsOf(attachments: FunctionAttachments = {}): Configured {
  return Object.fromEntries(
    attachmentKeys.flatMap((key) =>
      attachments[key] === undefined ? [] : [[attachmentName(key), packageDigest([], attachments[key])]],
    ),
  )
}
