import { LambdactlError } from '../../errors/error.ts'

/** More than an account may have in a Region: CloudFormation allows 2000 stacks there. */
const mostFiles = 3000

/**
 * Returns a function to call before each stage and template of an output of `cdk synth` is read. It ends the reading of
 * an output that names itself, or the same parts again and again.
 *
 * @param folder for the message
 */
export function fileCounter(folder: string): () => void {
  let files = 0
  return () => {
    files += 1
    if (files <= mostFiles) return
    throw new LambdactlError(
      'CONFIG_INVALID',
      `${folder} has more than ${mostFiles} stages and templates: one of them probably contains itself.`,
      { next: ['Delete the folder, run `cdk synth`, then run the command again.'] },
    )
  }
}
