import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import { invalidParameter } from '../queues/errors.ts'
import type { MessageAttribute } from '../queues/message.ts'

/** SQS's limit of attributes of a message. */
const mostAttributes = 10

type Given = Readonly<Record<string, MessageAttributeValue>>
type Kept = Readonly<Record<string, MessageAttribute>>

/** The attributes of a message that is sent; undefined for none. @throws ServiceError 400 */
export function keptAttributes(given: Given = {}): Kept | undefined {
  const entries = Object.entries(given)
  if (entries.length === 0) return undefined
  if (entries.length > mostAttributes) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${mostAttributes}].`,
    )
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, keptAttribute(name, value)]))
}

/** One attribute. @throws ServiceError 400 */
export function keptAttribute(
  name: string,
  { DataType: type = '', StringValue: text, BinaryValue: binary }: MessageAttributeValue,
): MessageAttribute {
  if (!/^(?!aws\.|amazon\.|\.)(?!.*(?:\.\.|\.$))[\w.-]{1,256}$/i.test(name)) {
    throw invalidParameter(
      `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
    )
  }
  const [kind] = type.split('.', 1)
  if (kind !== 'String' && kind !== 'Number' && kind !== 'Binary') {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    )
  }
  if (kind === 'Binary' ? !binary?.byteLength : !text) {
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`,
    )
  }
  if (kind === 'Number' && !Number.isFinite(Number(text))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`)
  }
  if (kind !== 'Binary') return { type, text: text ?? '' }
  return { type, binary: Buffer.from(binary ?? []).toString('base64') }
}

/** The attributes as their receiver gets them. */
export function shownAttributes(attributes: Kept): Record<string, MessageAttributeValue> {
  const shown = Object.entries(attributes).map(([name, { type, text, binary }]) => {
    const value =
      binary === undefined ? { StringValue: text } : { BinaryValue: Buffer.from(binary, 'base64') }
    return [name, { ...value, DataType: type }] as const
  })
  return Object.fromEntries(shown)
}

/** The bytes of attributes that count against the size of a message: their names, types and values. */
export function attributeBytes(attributes: Kept = {}): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { type, text = '', binary }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(type) +
      (binary === undefined ? Buffer.byteLength(text) : Buffer.from(binary, 'base64').byteLength),
    0,
  )
}
