/** The facts in an ELF file's headers about the machines that it runs on. */
export interface Elf {
  /** ELF's number for the machine. */
  readonly machine: number
  readonly isBigEndian: boolean
  /** ELF's number for the operating system; 0 and 3 are Linux. */
  readonly system: number
  /** The program that starts this one; undefined for a library. */
  readonly interpreter: string | undefined
  /** The libraries that it is loaded with. */
  readonly libraries: readonly string[]
  /** The symbol versions that it needs from its libraries, as in `GLIBC_2.34`. */
  readonly versions: readonly string[]
}

const tags = { needed: 1, strings: 5, versions: 0x6ffffffe, versionCount: 0x6fffffff }
const segments = { load: 1, dynamic: 2, interpreter: 3 }
/** No linker writes more entries: a longer table is damaged, and reading stops here. */
const most = 4096

interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly size: number
}

/**
 * Reads an ELF file; undefined for another file, and for one that ends before its machine is named. A damaged or 32-bit
 * file yields no tables.
 */
export function parseElf(bytes: Buffer): Elf | undefined {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== '\x7fELF') return undefined
  const isBigEndian = bytes[5] === 2
  const machine = isBigEndian ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18)
  const head = { machine, isBigEndian, system: bytes[7] ?? 0 }
  const isReadable = bytes[4] === 2 && !isBigEndian
  try {
    return { ...head, ...(isReadable ? tablesOf(bytes) : noTables) }
  } catch (error) {
    if (error instanceof RangeError) return { ...head, ...noTables }
    throw error
  }
}

type Tables = Pick<Elf, 'interpreter' | 'libraries' | 'versions'>
const noTables: Tables = { interpreter: undefined, libraries: [], versions: [] }

/** @throws RangeError where a table lies outside of the file */
function tablesOf(bytes: Buffer): Tables {
  const all = segmentsOf(bytes)
  const found = all.find(({ type }) => type === segments.interpreter)
  const interpreter = found && textAt(bytes, found.offset)
  const dynamic = all.find(({ type }) => type === segments.dynamic)
  if (!dynamic) return { ...noTables, interpreter }
  const entries = dynamicOf(bytes, dynamic)
  const valueOf = (tag: number) => entries.find((entry) => entry.tag === tag)?.value
  const strings = offsetOf(all, valueOf(tags.strings))
  if (strings === undefined) return { ...noTables, interpreter }
  const libraries = entries
    .filter(({ tag }) => tag === tags.needed)
    .map(({ value }) => textAt(bytes, strings + value))
  const table = offsetOf(all, valueOf(tags.versions))
  const versions =
    table === undefined ? [] : versionsOf(bytes, table, valueOf(tags.versionCount) ?? 0, strings)
  return { interpreter, libraries, versions }
}

function segmentsOf(bytes: Buffer): Segment[] {
  const start = numberAt(bytes, 32)
  const [size, count] = [bytes.readUInt16LE(54), bytes.readUInt16LE(56)]
  return Array.from({ length: count }, (_, index) => start + index * size).map((at) => ({
    type: bytes.readUInt32LE(at),
    offset: numberAt(bytes, at + 8),
    address: numberAt(bytes, at + 16),
    size: numberAt(bytes, at + 32),
  }))
}

function dynamicOf(bytes: Buffer, { offset, size }: Segment): { tag: number; value: number }[] {
  const count = Math.min(Math.floor(size / 16), most)
  return Array.from({ length: count }, (_, index) => offset + index * 16).map((at) => ({
    tag: numberAt(bytes, at),
    value: numberAt(bytes, at + 8),
  }))
}

/** The versions that each library is asked for. */
function versionsOf(bytes: Buffer, table: number, count: number, strings: number): string[] {
  const versions: string[] = []
  let library = table
  for (let nth = 0; nth < Math.min(count, most); nth += 1) {
    let version = library + bytes.readUInt32LE(library + 8)
    for (let left = bytes.readUInt16LE(library + 2); left > 0 && versions.length < most; left -= 1) {
      versions.push(textAt(bytes, strings + bytes.readUInt32LE(version + 8)))
      version += bytes.readUInt32LE(version + 12)
    }
    library += bytes.readUInt32LE(library + 12)
  }
  return versions
}

/** The offset in the file of an address of the loaded program. */
function offsetOf(all: readonly Segment[], address: number | undefined): number | undefined {
  if (address === undefined) return undefined
  const found = all.find(
    ({ type, address: start, size }) => type === segments.load && address >= start && address < start + size,
  )
  return found && address - found.address + found.offset
}

function textAt(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(0, start)
  if (end === -1) throw new RangeError('A text has no end.')
  return bytes.toString('latin1', start, end)
}

function numberAt(bytes: Buffer, offset: number): number {
  return Number(bytes.readBigUInt64LE(offset))
}
