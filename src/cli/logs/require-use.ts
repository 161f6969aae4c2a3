import { LambdactlError } from '../../errors/error.ts'
import { shellWord } from '../../errors/shell-word.ts'

/** The flags of a tail that are of no use in each tail. */
interface UsedFlags {
  fields: readonly string[] | undefined
  live: boolean
  output: string | undefined
}

/** @throws LambdactlError USAGE for a flag that would do nothing */
export function requireUse({ fields, live, output }: UsedFlags, isFollowed: boolean, isJson: boolean): void {
  if (live && !isFollowed) {
    throw new LambdactlError(
      'USAGE',
      '--live is for a tail that follows, and this one only reads what is there.',
      {
        next: ['Leave out --live, or what ends the tail: --no-follow, --until or --request.'],
      },
    )
  }
  if (fields !== undefined && isJson) {
    throw new LambdactlError(
      'USAGE',
      '--json gives whole events, among them those that are no lines, and has no --fields.',
      {
        next: [
          `For the fields of lines as JSON: --output ndjson --fields ${fields.map(shellWord).join(',')}`,
        ],
      },
    )
  }
  if (fields !== undefined && output === 'raw') {
    throw new LambdactlError(
      'USAGE',
      '--output raw shows messages as they were written, and has no --fields.',
      {
        next: ['Leave out one of the two.'],
      },
    )
  }
}
