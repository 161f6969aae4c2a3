import { binaryProblem, isBinary } from '../binaries/binary-problem.ts'
import type { Target } from '../binaries/target.ts'

/**
 * Names the kind of a file that Lambda's Linux can't start, as in `an ELF for arm64`. Undefined for a file that it can
 * start: an ELF of the right architecture and C library, or a script.
 */
export function executableProblem(content: Buffer, target: Target): string | undefined {
  if (content.length === 0) return 'an empty file'
  if (content.toString('latin1', 0, 2) === '#!') return scriptProblem(content)
  return isBinary(content)
    ? binaryProblem(content, target)
    : 'neither an ELF nor a script that begins with #!'
}

/** The number of bytes in which Linux looks for a script's first line. */
const firstLine = 256

/** Linux takes a carriage return as part of the interpreter's name. */
function scriptProblem(content: Buffer): string | undefined {
  const [line = ''] = content.toString('latin1', 0, firstLine).split('\n')
  return line.endsWith('\r') ? 'a script with Windows line ends, so its interpreter is not found' : undefined
}
