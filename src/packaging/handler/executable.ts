import { binaryProblem, isBinary } from '../binaries/binary-problem.ts'
import type { Target } from '../binaries/target.ts'

/**
 * Names the kind of a file that Lambda's Linux can't start, as in `an ELF for arm64`. Undefined for one that it can start: an
 * ELF of the architecture and its C library, or a script.
 */
export function executableProblem(content: Buffer, target: Target): string | undefined {
  if (content.length === 0) return 'an empty file'
  if (content.toString('latin1', 0, 2) === '#!') return scriptProblem(content)
  return isBinary(content)
    ? binaryProblem(content, target)
    : 'neither an ELF nor a script that begins with #!'
}

/** How many bytes Linux looks at for a script's first line. */
const firstLine = 256

/** Linux takes the carriage return for a part of the interpreter's name. */
function scriptProblem(content: Buffer): string | undefined {
  const [line = ''] = content.toString('latin1', 0, firstLine).split('\n')
  return line.endsWith('\r')
    ? 'a script with the line ends of Windows, whose interpreter is not found'
    : undefined
}
