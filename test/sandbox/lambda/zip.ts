import { crc32 } from 'node:zlib'

/** A file of a test package. */
export interface ZipEntry {
  name: string
  content: string | Uint8Array
  /** Unix mode with its file type; a plain file, 0644, unless given. */
  mode?: number
}

/** Makes a zip without compression; unlike an archiver, it takes any name and any mode. */
export function zipOf(entries: ZipEntry[]): Uint8Array {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, mode = 0o100644 } of entries) {
    const file = Buffer.from(name)
    const data = Buffer.from(content)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt32LE(crc32(data), 10)
    shared.writeUInt32LE(data.length, 14)
    shared.writeUInt32LE(data.length, 18)
    shared.writeUInt16LE(file.length, 22)
    const local = Buffer.concat([signature(0x04034b50), shared, file, data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((mode << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    const madeBy = Buffer.from([20, 3])
    central.push(Buffer.concat([signature(0x02014b50), madeBy, shared, tail, file]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, signature(0x06054b50), end])
}

/** A package with one handler; another text makes another package. */
export function handlerZip(text = 'one'): Uint8Array {
  return zipOf([{ name: 'index.mjs', content: `export const handler = async () => '${text}'\n` }])
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
