import type { Check } from '../values/check.ts'
import type { Weight } from '../values/observed.ts'
import type { FileChange, FilePatch } from './code-changes.ts'
import type { ConfigurationChange } from './configuration-changes.ts'

/** The changes that a deploy would make to a function. */
export interface FunctionDiff {
  function: string
  lambdaName: string
  alias: string
  /** `missing`: there is no such function; `no-alias`: there is, and no alias of it yet. */
  state: 'served' | 'no-alias' | 'missing'
  /** The version that the file is compared with: the alias's, or $LATEST where there is no alias; undefined where there is none. */
  against: string | undefined
  /** The alias's second version, whose release a deploy would wait for. */
  weight: Weight | undefined
  /** Whether a deploy would publish anything, or create the alias; where the code was not compared, as far as is known. */
  deploys: boolean
  /** Why the code was not compared; undefined where it was. */
  codeUnknown: string | undefined
  configuration: readonly ConfigurationChange[]
  code: readonly FileChange[]
  /** The same as text, where somebody asked for it and the code was compared. */
  patch?: readonly FilePatch[]
  /** Settings that belong to no version, and that a deploy would set. */
  attachments: readonly AttachmentChange[]
  /** Changes by hand in $LATEST since lambdactl last changed it; undefined where there are none. */
  drift: Drift | undefined
  /** Why a deploy would stop before it changes anything, and how to go past that; undefined where it would not. */
  stop?: { readonly checks: readonly Check[]; readonly next: readonly string[] } | undefined
}

/** A setting that differs from the file, in words. */
export interface AttachmentChange {
  field: string
  from: string
  to: string
  /** Whether somebody changed it since lambdactl applied it, as far as the journal tells; absent: no, or nobody can say. */
  byHand?: true
}

export interface Drift {
  /** The version that lambdactl left there, or that `init --from` found. */
  since: string
  configuration: readonly (ConfigurationChange & Overwritten)[]
  code: readonly (FileChange & Overwritten)[]
  /** The same as text, where somebody asked for it. */
  patch?: readonly FilePatch[]
  /**
   * The fields of `lambdactl.yaml` that keep what a deploy would overwrite, now or once there is something to deploy. Values of
   * environment variables are not in it.
   */
  keep: Readonly<Record<string, unknown>>
}

interface Overwritten {
  /** Whether a deploy now would undo it; otherwise it stays, and goes along with the next version. */
  overwritten: boolean
}
