import type { FunctionAttachments } from '../function/attachments/attachments.ts'
import type { FunctionSettings } from '../function/settings/settings.ts'
import type { WantedTrigger } from '../function/triggers/wanted.ts'
import type { ArtifactSettings } from './function/artifacts.ts'
import type { ImageSource } from './function/image.ts'
import type { Manages } from './function/manages.ts'
import type { SourceSettings } from './function/source.ts'
import type { ReleaseSettings } from './release/release.ts'
import type { LocatedFunction } from './service/locate.ts'

type BasicSetting =
  | 'runtime'
  | 'handler'
  | 'role'
  | 'memoryMb'
  | 'timeoutSeconds'
  | 'environment'
  | 'architecture'
  | 'logFormat'
  | 'layers'
  | 'description'

/** The settings that a resolved function does not have itself; absent: as the file means by leaving them out. */
export type VersionedSettings = Omit<FunctionSettings, BasicSetting | 'image'>

/** The fields of a function that another tool sets, or that depend on those; undefined: the file does not say. */
export interface Said {
  readonly runtime: string | undefined
  readonly handler: string | undefined
  readonly architecture: FunctionSettings['architecture'] | undefined
  readonly layers: readonly string[] | undefined
  readonly bundle: SourceSettings['bundle'] | undefined
}

/** A function with everything that a deploy needs. */
export interface ResolvedFunction
  extends LocatedFunction,
    SourceSettings,
    Pick<FunctionSettings, BasicSetting> {
  /** With `code` the settings are another tool's, and are empty here until $LATEST has been read. */
  readonly manages: Manages
  /** With `code` only: the fields that the file has. */
  readonly said?: Said
  /** True without a source: the code is the one that $LATEST has. */
  readonly isCodeAsFound?: boolean
  /** The service that owns it. */
  readonly service?: string | undefined
  /** The ARN of an existing function that the file describes. */
  readonly adopted?: string | undefined
  /** The configuration file, which goes into no package; an absolute path. */
  readonly configPath?: string | undefined
  /** Replaces a source. */
  readonly image?: ImageSource | undefined
  /** True if no code of the project may run: no build, no installation, no loading of the handler. */
  readonly runsNothing?: boolean | undefined
  /** False if the handler is not loaded before it is uploaded. */
  readonly load?: boolean | undefined
  /** Environments of a version before it gets traffic; absent: as many as the version before it. */
  readonly provisionedConcurrency?: number | undefined
  /** The other settings that each version keeps; absent: AWS's defaults. */
  readonly versioned?: VersionedSettings
  /** The settings that belong to the function or the alias, and to no version; absent: all unchanged. */
  readonly attachments?: FunctionAttachments
  /** The triggers of the alias; undefined: as they are. */
  readonly triggers?: readonly WantedTrigger[] | undefined
  readonly artifacts?: ArtifactSettings | undefined
  readonly release: ReleaseSettings
}
