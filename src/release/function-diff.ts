import type { FileChange } from './code-changes.ts'
import type { ConfigurationChange } from './configuration-changes.ts'
import type { Weight } from './observed.ts'

/** What a deploy of a function would change. */
export interface FunctionDiff {
  function: string
  lambdaName: string
  alias: string
  /** `missing`: there is no such function; `no-alias`: there is, and no alias of it yet. */
  state: 'served' | 'no-alias' | 'missing'
  /** What the changes are against: the version that the alias serves, $LATEST without an alias; undefined: nothing. */
  against: string | undefined
  /** The alias's second version, whose release a deploy would wait for. */
  weight: Weight | undefined
  /** Whether a deploy would publish anything, or create the alias; where the code was not compared, as far as is known. */
  deploys: boolean
  /** Why the code was not compared; undefined where it was. */
  codeUnknown: string | undefined
  configuration: readonly ConfigurationChange[]
  code: readonly FileChange[]
  /** What belongs to no version, and a deploy would set all the same. */
  unversioned: readonly UnversionedChange[]
  /** What was changed by hand in $LATEST since lambdactl last changed it; undefined where nothing was. */
  drift: Drift | undefined
}

/** A setting that is otherwise than the file has it, in words. */
export interface UnversionedChange {
  field: string
  from: string
  to: string
}

export interface Drift {
  configuration: readonly (ConfigurationChange & Overwritten)[]
  code: readonly (FileChange & Overwritten)[]
}

interface Overwritten {
  /** Whether a deploy now would undo it; otherwise it stays, and goes along with the next version. */
  overwritten: boolean
}
