import { type Elf, parseElf } from './elf.ts'
import { isAfter, type Target } from './target.ts'

/** ELF's numbers for the machines that Lambda has. */
const machines = { x86_64: 62, arm64: 183 } as const
const machineNames: Readonly<Record<number, string>> = {
  3: '32-bit x86',
  40: '32-bit ARM',
  62: 'x86_64',
  183: 'arm64',
  243: 'RISC-V',
}
const linux = new Set([0, 3])
const machO = new Set(['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'])

/** Tells by a file's first bytes whether it is a binary for any machine. */
export function isBinary(content: Buffer): boolean {
  return isElf(content) || otherBinary(content) !== undefined
}

/**
 * Names the kind of a binary that a machine can't load or start, as in `an ELF for arm64`. Undefined for a file that is
 * no binary, and for one that the machine can load or start, as far as the header tells.
 */
export function binaryProblem(content: Buffer, target: Target): string | undefined {
  if (!isElf(content)) return otherBinary(content)
  const elf = parseElf(content)
  if (!elf) return 'an incomplete ELF'
  return machineProblem(elf, target) ?? libraryProblem(elf, target)
}

function isElf(content: Buffer): boolean {
  return content.toString('latin1', 0, 4) === '\x7fELF'
}

function otherBinary(content: Buffer): string | undefined {
  if (machO.has(content.toString('hex', 0, 4))) return 'a Mach-O binary for macOS'
  if (content.toString('latin1', 0, 2) === 'MZ') return 'a PE binary for Windows'
  return undefined
}

function machineProblem({ machine, isBigEndian, system }: Elf, { architecture }: Target): string | undefined {
  const name = machineNames[machine] ?? `machine ${machine}`
  if (machine !== machines[architecture] || isBigEndian)
    return `an ELF for ${name}${isBigEndian ? ', big-endian' : ''}`
  return linux.has(system) ? undefined : `an ELF for a system other than Linux, for ${name}`
}

function libraryProblem(elf: Elf, { glibc }: Target): string | undefined {
  const libc = libcOf(elf)
  if (libc === 'musl') return glibc === undefined ? undefined : 'an ELF for musl, and not for glibc'
  if (libc === undefined) return undefined
  if (glibc === undefined) return 'an ELF for glibc, and not for musl'
  const newest = newestGlibc(elf)
  return newest !== undefined && isAfter(newest, glibc) ? `an ELF for glibc ${newest} or newer` : undefined
}

/** A binary that is linked with neither C library runs on both. */
function libcOf({ interpreter = '', libraries }: Elf): 'glibc' | 'musl' | undefined {
  const isMusl =
    interpreter.includes('ld-musl') || libraries.some((name) => /^libc\.(?:musl-|so$)/.test(name))
  if (isMusl) return 'musl'
  return interpreter.includes('ld-linux') || libraries.includes('libc.so.6') ? 'glibc' : undefined
}

function newestGlibc({ versions }: Elf): string | undefined {
  const numbers = versions.flatMap((version) => /^GLIBC_(\d[\d.]*)$/.exec(version)?.[1] ?? [])
  return numbers.reduce<string | undefined>(
    (newest, one) => (newest === undefined || isAfter(one, newest) ? one : newest),
    undefined,
  )
}
