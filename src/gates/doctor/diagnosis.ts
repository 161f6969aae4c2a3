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
}
