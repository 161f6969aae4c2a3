import { alike } from '../values/alike.ts'
import type { FunctionAttachments } from './attachments.ts'
import type { Attachment } from './row.ts'
import { attachmentTable } from './table.ts'

export type AttachmentKey = keyof FunctionAttachments

/** The name of an attachment in changes and in the journal. */
export type AttachmentName = Exclude<AttachmentKey, 'retention'> | 'logs.retention'

// As in settings/rows.ts: each row gets values of its own member only.
const rows = attachmentTable as object as Record<AttachmentKey, Attachment<unknown>>

export const attachmentKeys = Object.keys(attachmentTable) as readonly AttachmentKey[]

export function attachmentName(key: AttachmentKey): AttachmentName {
  return (rows[key].name ?? key) as AttachmentName
}

/** Tells whether two values of an attachment are equal; undefined means that there is none. */
export function isSameAttachment<Key extends AttachmentKey>(
  key: Key,
  one: FunctionAttachments[Key],
  other: FunctionAttachments[Key],
): boolean {
  const { compared = (value: unknown) => value } = rows[key]
  const [first, second] = [one, other].map((value) => (value === undefined ? undefined : compared(value)))
  return alike(first, second)
}

/** Returns an attachment in words; undefined: there is none. */
export function attachmentWords<Key extends AttachmentKey>(
  key: Key,
  value: FunctionAttachments[Key],
): string {
  const { said, none = '' } = rows[key]
  return value === undefined ? none : said(value)
}
