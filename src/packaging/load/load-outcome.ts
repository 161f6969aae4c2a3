import type { Binary } from '../binaries/survey.ts'
import type { Interpreter } from '../handler/interpreter.ts'
import type { FunctionPackage, LoadingSource } from '../model/types.ts'
import type { LayerModules } from './layer-modules.ts'
import type { Trusted } from './trusted.ts'

/** The result that a loader writes. */
export type LoadResult = LoadOutcome & {
  /** Modules that the function's code imports and only a layer can have: stand-ins replaced them. */
  trusted?: readonly Trusted[]
}

type LoadOutcome =
  | Loaded
  | { outcome: 'no-function'; got: string }
  /** A Node handler of three parameters, where the runtime takes none. */
  | { outcome: 'callback' }
  /** A Python handler that fails at each call; `got` gives the reason. */
  | { outcome: 'uncallable'; got: string }
  | FailedLoad

export interface Loaded {
  outcome: 'loaded'
  /** Modules that Python code imports late and that no known place has; `path` is the code's. */
  missing?: readonly Trusted[]
}

/** A module that failed while it was loaded. */
export interface FailedLoad {
  outcome: 'failed'
  /** `foreign`: a binary that Lambda can't load was the cause. */
  kind: 'missing-module' | 'foreign' | 'other'
  module?: string | null
  /** Whether the Python module is missing in this version only, as the importing code shows. */
  isOfVersion?: boolean
  text: string
  /** Name, code and message of the error and all its causes; absent if there was no error. */
  chain?: readonly string[]
  /** Binaries that were loaded and that Lambda can't load. */
  refused: readonly string[]
  /** Binaries that only this machine can't load. */
  elsewhere: readonly string[]
}

/** The facts, beside the loader's result, that decide about a handler. */
export interface LoadFacts {
  readonly fn: Pick<
    LoadingSource,
    'source' | 'handler' | 'runtime' | 'bundle' | 'architecture' | 'layers' | 'environment' | 'versioned'
  >
  readonly interpreter: Interpreter
  /** All binaries of the package. */
  readonly binaries: readonly Binary[]
  /** The modules of its layers, if any code imported one. */
  readonly looked: LayerModules
  /** The package's files, and the notes from making it. */
  readonly built: Pick<FunctionPackage, 'files' | 'notes'>
  /** The next step if the code that failed belongs to a bundled package. */
  readonly whole?: readonly string[]
}
