/** ELF's numbers for the machines that Lambda has. */
const machines = { x86_64: 62, arm64: 183 } as const
const machineNames: Readonly<Record<number, string>> = {
  3: '32-bit x86',
  40: '32-bit ARM',
  62: 'x86_64',
  183: 'arm64',
  243: 'RISC-V',
}
const machO = new Set(['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'])

/** How many bytes `executableProblem` looks at. */
export const executableHead = 20

/**
 * What a file is that Lambda's Linux can't start, as in `an ELF for arm64`; undefined for one that it can: an ELF of the
 * architecture, or a script.
 *
 * @param head the file's first bytes
 */
export function executableProblem(head: Buffer, architecture: keyof typeof machines): string | undefined {
  if (head.length === 0) return 'an empty file'
  if (head.subarray(0, 2).toString('latin1') === '#!') return undefined
  if (head.subarray(0, 4).toString('latin1') === '\x7fELF') return elfProblem(head, architecture)
  if (machO.has(head.subarray(0, 4).toString('hex'))) return 'a Mach-O binary, which is for macOS'
  if (head.subarray(0, 2).toString('latin1') === 'MZ') return 'a PE binary, which is for Windows'
  return 'neither an ELF nor a script that begins with #!'
}

function elfProblem(head: Buffer, architecture: keyof typeof machines): string | undefined {
  if (head.length < executableHead) return 'an ELF that is cut off'
  const isBigEndian = head[5] === 2
  const machine = isBigEndian ? head.readUInt16BE(18) : head.readUInt16LE(18)
  if (machine === machines[architecture] && !isBigEndian) return undefined
  return `an ELF for ${machineNames[machine] ?? `machine ${machine}`}${isBigEndian ? ', big-endian' : ''}`
}
