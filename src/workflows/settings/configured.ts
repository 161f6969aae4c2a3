import type { ResolvedFunction } from '../../config/types.ts'
import type { FunctionAttachments } from '../../function/attachments/attachments.ts'
import { attachmentKeys, attachmentName } from '../../function/attachments/compare.ts'
import { packageDigest } from '../../packaging/model/digest.ts'
import { type Configured, lastConfigured } from '../../release/journal/last-configured.ts'
import { keepJournal } from '../run/keep-journal.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import type { Difference } from './difference.ts'

/** Writes fingerprints of the file's attachments to the journal once they are set; nothing if the file has none. */
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
 * The attachments that somebody changed by hand: they differ from the file, and the file still has the value that was
 * last set. If the file was changed since, or the journal does not tell, the attachment is not among them.
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

/** Fingerprints by the names of differences. */
function fingerprintsOf(attachments: FunctionAttachments = {}): Configured {
  return Object.fromEntries(
    attachmentKeys.flatMap((key) =>
      attachments[key] === undefined ? [] : [[attachmentName(key), packageDigest([], attachments[key])]],
    ),
  )
}
