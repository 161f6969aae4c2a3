import type { ResolvedFunction } from '../../config/types.ts'
import type { LambdactlError } from '../../errors/error.ts'
import type { Target } from '../run/run.ts'

/** A function that is developed. */
export interface Developed {
  readonly fn: ResolvedFunction
  readonly target: Target
}

/** The events of developing. */
export type DevEvent =
  /** A function was deployed as the file describes it, or was so already. */
  | {
      event: 'deployed'
      function: string
      version: string
      /** Milliseconds. */
      ms: number
      isNew: boolean
    }
  /** The alias serves changed code. */
  | {
      event: 'reloaded'
      function: string
      version: string
      /** The changed files, relative to the folder of lambdactl.yaml. */
      files: readonly string[]
      /** From the first change that was noticed to the alias that serves it, milliseconds. */
      ms: number
      zippedBytes: number
    }
  /** A change of a file that changes nothing in the package. */
  | { event: 'unchanged'; function: string; files: readonly string[] }
  | {
      /** The function could not be built or deployed; the code before it stays. */
      event: 'failed'
      function: string
      error: LambdactlError
    }
  /** lambdactl.yaml was read again. */
  | { event: 'configured'; added: readonly string[]; changed: readonly string[]; removed: readonly string[] }
  | {
      /** lambdactl.yaml can't be used; the settings before it stay. */
      event: 'misconfigured'
      error: LambdactlError
    }
  /** The function was invoked. */
  | {
      event: 'answered'
      function: string
      version: string
      /** Milliseconds. */
      ms: number
      payload: string
      /** Set if the function failed. */
      functionError: string | undefined
      /** Whether the answer before it was the same; false for the first one. */
      isSame: boolean
      /** The differences from the answer before it, in the unified format; undefined if there are none to show. */
      change: string | undefined
    }
  | {
      /** The function could not be invoked. */
      event: 'unanswered'
      function: string
      error: LambdactlError
    }
  /** All is deployed, and changes are waited for. */
  | {
      event: 'watching'
      /** How many. */
      functions: number
    }
