/** ELF's numbers of the machines that Lambda has. */
const machines = { x86_64: 62, arm64: 183 } as const
export type Architecture = keyof typeof machines

/** The architecture of this machine, and the other one. */
export const own: Architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64'
export const other: Architecture = own === 'arm64' ? 'x86_64' : 'arm64'

interface ElfParts {
  /** The program that starts it. */
  interpreter?: string
  libraries?: readonly string[]
  /** The symbol versions that it asks of the first library. */
  versions?: readonly string[]
}

const header = 64
const segment = 56

/** The smallest ELF that says where it runs: a header, its segments, and the tables of a dynamic one. */
export function elf(
  architecture: Architecture,
  { interpreter, libraries = [], versions = [] }: ElfParts = {},
) {
  const texts = new Map<string, number>()
  let strings = '\0'
  for (const text of [...libraries, ...versions, interpreter ?? '']) {
    texts.set(text, strings.length)
    strings += `${text}\0`
  }
  const at = (text: string) => texts.get(text) ?? 0
  const stringsAt = header + 3 * segment
  const needs = stringsAt + Math.ceil(strings.length / 8) * 8
  const dynamic = needs + 16 + versions.length * 16
  const entries = [
    ...libraries.map((name) => [1, at(name)]),
    [5, stringsAt],
    ...(versions.length > 0
      ? [
          [0x6ffffffe, needs],
          [0x6fffffff, 1],
        ]
      : []),
    [0, 0],
  ] as const
  const bytes = Buffer.alloc(dynamic + entries.length * 16)
  bytes.write('\x7fELF\x02\x01\x01', 'latin1')
  bytes.writeUInt16LE(3, 16)
  bytes.writeUInt16LE(machines[architecture], 18)
  bytes.writeBigUInt64LE(BigInt(header), 32)
  bytes.writeUInt16LE(segment, 54)
  bytes.writeUInt16LE(3, 56)
  const put = (nth: number, type: number, offset: number, size: number) => {
    const start = header + nth * segment
    bytes.writeUInt32LE(type, start)
    for (const [place, value] of [
      [8, offset],
      [16, offset],
      [32, size],
    ] as const)
      bytes.writeBigUInt64LE(BigInt(value), start + place)
  }
  put(0, 1, 0, bytes.length)
  put(1, 2, dynamic, entries.length * 16)
  if (interpreter !== undefined) put(2, 3, stringsAt + at(interpreter), interpreter.length + 1)
  bytes.write(strings, stringsAt, 'latin1')
  bytes.writeUInt16LE(versions.length, needs + 2)
  bytes.writeUInt32LE(16, needs + 8)
  for (const [index, version] of versions.entries()) {
    bytes.writeUInt32LE(at(version), needs + 16 + index * 16 + 8)
    bytes.writeUInt32LE(16, needs + 16 + index * 16 + 12)
  }
  for (const [index, [tag, value]] of entries.entries()) {
    bytes.writeBigUInt64LE(BigInt(tag), dynamic + index * 16)
    bytes.writeBigUInt64LE(BigInt(value), dynamic + index * 16 + 8)
  }
  return bytes
}
