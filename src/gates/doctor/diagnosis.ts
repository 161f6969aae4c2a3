import type { ErrorCode } from '../../errors/codes.ts'

/** A text or a command that mends a finding, ready to paste. */
export interface Mend {
  /** The place of a text, or the purpose of a command, as in `To see what it would change`. */
  where: string
  language: 'hcl' | 'json' | 'sh' | 'ts' | 'yaml'
  text: string
}

/** One titled check of `doctor`. `note` tells something that AWS does not show, such as the other tool's sources. */
export interface Diagnosis {
  title: string
  outcome: 'pass' | 'note' | 'warn' | 'fail'
  detail: string
  /** The consequence if nobody mends it. */
  why?: string
  /** Further steps, one sentence each. */
  next?: readonly string[]
  mends?: readonly Mend[]
  /** The error behind a failed check; it decides the exit code. */
  code?: ErrorCode
  /** The field of the function in the file that the finding is about, as in `timeout`. */
  field?: string
}

/** The texts and steps that mend a finding. */
export type Advice = Pick<Diagnosis, 'mends' | 'next'>

/** The ways to change a function. */
export interface Ways {
  /** Sets fields of the function, in the file's form; those of another tool are named for its sources. */
  set: (fields: Readonly<Record<string, unknown>>) => Advice
  /** A command of lambdactl about the function, ready for a shell: `concurrency reserve`. */
  command: (verb: string, ...more: string[]) => string
  /** A command of the AWS CLI at the function's place, ready for a shell. */
  aws: (operation: string, ...words: string[]) => string
}
