import type { FunctionAttachments } from '../../function/attachments/attachments.ts'
import {
  type AttachmentKey,
  type AttachmentName,
  attachmentName,
  attachmentWords,
  isSameAttachment,
} from '../../function/attachments/compare.ts'
import type { DifferingTrigger } from '../sources/differences.ts'

/** An attachment that differs from the file. */
export interface Difference {
  /** The file's name for it; `async` stands for the four fields of asynchronous invocations. */
  field: AttachmentName | DifferingTrigger['field']
  /** Words for people. */
  from: string
  to: string
  apply(): Promise<void>
  /** Whether it is a reservation above the present one. */
  raises?: boolean
  /** The trigger, if it is one. */
  trigger?: DifferingTrigger
}

/**
 * Returns the difference between an attachment and the file; an empty list if they are equal.
 *
 * @param states the value now, undefined if there is none, and the file's value
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

/** Returns the words for a difference, as in `tags none → team=shop`. */
export function differenceWords({ field, from, to }: { field: string; from: string; to: string }): string {
  return `${field} ${from} → ${to}`
}
