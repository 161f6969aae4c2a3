import type { Check } from '../values/check.ts'
import type { Weight } from '../values/observed.ts'
import type { FileChange, FilePatch } from './code-changes.ts'
import type { ConfigurationChange } from './configuration-changes.ts'

/** The changes that a deploy would make to a function. */
export interface FunctionDiff {
  function: string
  lambdaName: string
  alias: string
  /** `missing`: the function does not exist; `no-alias`: it exists, without the alias. */
  state: 'served' | 'no-alias' | 'missing'
  /**
   * The version that the file is compared with: the alias's, or $LATEST if there is no alias; undefined if there is no
   * function.
   */
  against: string | undefined
  /** The alias's second version; a deploy would wait for its release. */
  weight: Weight | undefined
  /** Whether a deploy would publish a version or create the alias; a guess if the code was not compared. */
  deploys: boolean
  /** The reason why the code was not compared; undefined if it was. */
  codeUnknown: string | undefined
  configuration: readonly ConfigurationChange[]
  /** The tool that sets them, with `manages: code`: a deploy ships its changes, and makes none itself. */
  owner?: string
  code: readonly FileChange[]
  /** The code's differences as text, if a person asked for them and the code was compared. */
  patch?: readonly FilePatch[]
  /** Settings that belong to no version and that a deploy would set. */
  attachments: readonly AttachmentChange[]
  /** Changes by hand in $LATEST since lambdactl last changed it; undefined if there are none. */
  drift: Drift | undefined
  /**
   * The reason why a deploy would stop before it changes anything, with the next steps; undefined if it would not stop.
   */
  stop?: { readonly checks: readonly Check[]; readonly next: readonly string[] } | undefined
}

/** A setting that differs from the file, in words. */
interface AttachmentChange {
  field: string
  from: string
  to: string
  /** Whether a person changed it since lambdactl applied it, as far as the journal tells; absent: no, or unknown. */
  byHand?: true
}

export interface Drift {
  /** The version that lambdactl left in $LATEST, or that `init --from` found. */
  since: string
  configuration: readonly (ConfigurationChange & Overwritten)[]
  code: readonly (FileChange & Overwritten)[]
  /** The drift's code differences as text, if a person asked for them. */
  patch?: readonly FilePatch[]
  /**
   * The fields of `lambdactl.yaml` that keep the settings which a deploy would overwrite, now or at the next change.
   * Values of environment variables are left out.
   */
  keep: Readonly<Record<string, unknown>>
}

interface Overwritten {
  /** Whether a deploy would undo it now. If not, it stays and becomes part of the next version. */
  overwritten: boolean
}
