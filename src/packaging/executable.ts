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

/** How many bytes `executableProblem` looks at: as many as Linux does for a script's first line. */
export const executableHead = 256

/** Where an ELF says which machine it is for, and the byte after that. */
const machineAt = { start: 18, end: 20 }

/**
 * What a file is that Lambda's Linux can't start, as in `an ELF for arm64`; undefined for one that it can: an ELF of the
 * architecture, or a script.
 *
 * @param head the file's first bytes
 */
export function executableProblem(head: Buffer, architecture: keyof typeof machines): string | undefined {
  if (head.length === 0) return 'an empty file'
  if (head.subarray(0, 2).toString('latin1') === '#!') return scriptProblem(head)
  if (head.subarray(0, 4).toString('latin1') === '\x7fELF') return elfProblem(head, architecture)
  if (machO.has(head.subarray(0, 4).toString('hex'))) return 'a Mach-O binary, which is for macOS'
  if (head.subarray(0, 2).toString('latin1') === 'MZ') return 'a PE binary, which is for Windows'
  return 'neither an ELF nor a script that begins with #!'
}

/** Linux takes the carriage return for a part of the interpreter's name. */
function scriptProblem(head: Buffer): string | undefined {
  const [line = ''] = head.toString('latin1').split('\n')
  return line.endsWith('\r')
    ? 'a script with the line ends of Windows, whose interpreter is not found'
    : undefined
}

function elfProblem(head: Buffer, architecture: keyof typeof machines): string | undefined {
  if (head.length < machineAt.end) return 'an ELF that is cut off'
  const isBigEndian = head[5] === 2
  const { start } = machineAt
  const machine = isBigEndian ? head.readUInt16BE(start) : head.readUInt16LE(start)
  if (machine === machines[architecture] && !isBigEndian) return undefined
  return `an ELF for ${machineNames[machine] ?? `machine ${machine}`}${isBigEndian ? ', big-endian' : ''}`
}
