import type { FunctionAttachments } from '../function/attachments.ts'
import type { FunctionSettings } from '../function/settings.ts'
import type { ArtifactSettings } from './function/artifacts.ts'
import type { ImageSource } from './function/image.ts'
import type { SourceSettings } from './function/source.ts'
import type { ReleaseSettings } from './release/release.ts'
import type { LocatedEnvironment, LocatedFunction } from './service/locate.ts'

/** An environment with all that a deploy needs. */
export interface ResolvedEnvironment extends LocatedEnvironment {
  readonly functions: readonly ResolvedFunction[]
}

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

/** A function with all that a deploy needs. */
export interface ResolvedFunction
  extends LocatedFunction,
    SourceSettings,
    Pick<FunctionSettings, BasicSetting> {
  /** The service that it is of. */
  readonly service?: string | undefined
  /** The ARN of the function of something else that it was written down from. */
  readonly adopted?: string | undefined
  /** In place of a source. */
  readonly image?: ImageSource | undefined
  /** True where nothing of the project may run: no build, no installation, no loading of the handler. */
  readonly runsNothing?: boolean | undefined
  /** False where the handler is not to be loaded before it is uploaded. */
  readonly load?: boolean | undefined
  /** Environments that a version has before it gets traffic; absent: as many as the version before it. */
  readonly provisionedConcurrency?: number | undefined
  /** The other settings that each version keeps; absent: AWS's defaults. */
  readonly versioned?: VersionedSettings
  /** The settings that belong to the function or the alias, and to no version; absent: all are left as they are. */
  readonly attachments?: FunctionAttachments
  readonly artifacts?: ArtifactSettings | undefined
  readonly release: ReleaseSettings
}
