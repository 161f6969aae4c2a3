import { createHash } from 'node:crypto'
import type { MessageAttribute } from './message.ts'

/** The digest by which clients check the body of a message. */
export function md5(body: string): string {
  return createHash('md5').update(body).digest('hex')
}

/** The digest by which clients check attributes: each part of each of them with its length, in the order of names. */
export function attributesMd5(attributes: Readonly<Record<string, MessageAttribute>>): string {
  const hash = createHash('md5')
  const add = (value: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(value.byteLength)
    hash.update(length).update(value)
  }
  for (const [name, { type, text = '', binary }] of Object.entries(attributes).toSorted(byName)) {
    add(Buffer.from(name))
    add(Buffer.from(type))
    hash.update(Buffer.from([binary === undefined ? 1 : 2]))
    add(binary === undefined ? Buffer.from(text) : Buffer.from(binary, 'base64'))
  }
  return hash.digest('hex')
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}
