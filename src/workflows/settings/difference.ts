import type { FunctionAttachments } from '../../function/attachments/attachments.ts'
import {
  type AttachmentKey,
  type AttachmentName,
  attachmentName,
  attachmentWords,
  isSameAttachment,
} from '../../function/attachments/compare.ts'

/** An attachment that differs from the file. */
export interface Difference {
  /** As the file calls it; `async` stands for the four of asynchronous invocations. */
  field: AttachmentName
  /** For people. */
  from: string
  to: string
  apply(): Promise<void>
  /** A reservation that leaves the function more than it has. */
  raises?: boolean
}

/**
 * Returns the difference between an attachment and the file; none where they are the same.
 *
 * @param states what is there now, undefined for nothing, and what the file has
 */
export function differenceOf<Key extends AttachmentKey>(
  key: Key,
  { current, wanted }: { current: FunctionAttachments[Key]; wanted: FunctionAttachments[Key] },
  apply: () => Promise<void>,
): Difference[] {
  if (isSameAttachment(key, current, wanted)) return []
  const [from, to] = [attachmentWords(key, current), attachmentWords(key, wanted)]
  return [{ field: attachmentName(key), from, to, apply }]
}

/** Returns the words for a setting that differs from the file, as in `tags none → team=shop`. */
export function differenceWords({ field, from, to }: { field: string; from: string; to: string }): string {
  return `${field} ${from} → ${to}`
}
