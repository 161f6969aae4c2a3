import type { z } from 'zod'
import type { ComparisonGate } from '../release/plan/comparison.ts'
import type { HookCommand, HookPoint } from '../release/plan/hooks.ts'
import type { WrittenStep } from '../release/plan/steps.ts'
import type { AlarmSelector } from '../release/values/alarm-selector.ts'
import type { Verdict } from '../release/values/observed.ts'
import type { SmokeEvent } from '../release/values/smoke.ts'
import type { Attachments } from './function/attachments.ts'
import type { VersionedSettings } from './function/versioned.ts'
import type { configSchema, environmentSchema, functionSchema, overrideSchema } from './schema/config.ts'

/** Fields by our names: those by AWS's begin with a capital, and are read as ours. */
type Ours<Fields> = Readonly<{
  [Name in keyof Fields as Name extends Capitalize<string & Name> | 'logFormat' ? never : Name]: Fields[Name]
}>

/** A function as `lambdactl.yaml` has it: durations in milliseconds, defaults not yet filled in. */
export type FunctionFields = Ours<z.output<typeof functionSchema>>
export type OverrideFields = Ours<z.output<typeof overrideSchema>>
export type EnvironmentFields = Readonly<Omit<z.output<typeof environmentSchema>, 'functions'>> & {
  readonly functions?: Readonly<Record<string, OverrideFields>> | undefined
}
export interface ConfigFields {
  readonly service: string
  /** The environment of commands that name none. */
  readonly defaultEnvironment?: string | undefined
  /** The fields that all functions have below their own. */
  readonly defaults?: FunctionFields | undefined
  /** With the defaults below. */
  readonly functions: Readonly<Record<string, FunctionFields>>
  readonly artifacts?: z.output<typeof configSchema>['artifacts']
  readonly environments: Readonly<Record<string, EnvironmentFields>>
}

/** Keys and indices from the top of the file down to a value. */
export type FieldPath = readonly PropertyKey[]

/** A file, and what it says now. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string
  /** A SHA-256 over path and content, hex: another one for each change. */
  readonly fingerprint: string
}

/** A valid `lambdactl.yaml`. */
export interface Config extends ConfigFields {
  readonly file: ConfigFile
  /** The folder that holds the file, absolute; `source` and `smoke.event` are relative to it. */
  readonly directory: string
  /** A field's place for messages, as in `lambdactl.yaml:7:13 functions.checkout.memory`. */
  readonly place: (field: FieldPath) => string
}

/** Values of the process's environment, for `${env:NAME}`. */
export type Variables = Readonly<Record<string, string | undefined>>

/** Where an environment is and what its functions are called: all that reading and rolling back need. */
export interface LocatedEnvironment {
  readonly name: string
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
  /** 12 digits. */
  readonly account?: string | undefined
  readonly alias: string
  readonly profile?: string | undefined
  /** Nothing is released here without a gate: an alarm, or a canary's comparison. */
  readonly protected: boolean
  readonly functions: readonly LocatedFunction[]
  /** The file that names all this; absent where there is none. */
  readonly file?: ConfigFile
  /** The flags by which a person said where to act, ready for a shell. */
  readonly placeFlags?: readonly string[]
  /** The flags that name the place where no file does. */
  readonly wholePlaceFlags?: readonly string[]
  /** How a command of the AWS CLI at that place begins and ends. */
  readonly awsCli?: () => { readonly program: string; readonly flags: readonly string[] }
}

export interface LocatedFunction {
  /** The name in `lambdactl.yaml`. */
  readonly name: string
  /** The name in Lambda. */
  readonly lambdaName: string
}

/** An environment with all that a deploy needs. */
export interface ResolvedEnvironment extends LocatedEnvironment {
  readonly functions: readonly ResolvedFunction[]
}

export interface ResolvedFunction extends LocatedFunction {
  /** The service that it is of. */
  readonly service?: string | undefined
  /** The ARN of the function of something else that it was written down from. */
  readonly adopted?: string | undefined
  /** A folder or a ready zip, an absolute path; for an image the folder of lambdactl.yaml. */
  readonly source: string
  /** Empty for an image, as is the handler. */
  readonly runtime: string
  readonly handler: string
  readonly image?: ImageSource | undefined
  readonly bundle: boolean | BundleSettings
  /** Runs before the source is packaged. */
  readonly build?: HookCommand | undefined
  /** Patterns as in .gitignore, relative to the source; absent: everything. */
  readonly include?: readonly string[] | undefined
  /** Relative to the source; absent: what is there; false: none. */
  readonly requirements?: string | false | undefined
  /** True where nothing of the project may run: no build, no installation, no loading of the handler. */
  readonly runsNothing?: boolean | undefined
  /** False where the handler is not to be loaded before it is uploaded. */
  readonly load?: boolean | undefined
  readonly role: string
  readonly memoryMb: number
  readonly timeoutSeconds: number
  readonly environment: Readonly<Record<string, string>>
  readonly architecture: 'x86_64' | 'arm64'
  readonly logFormat: 'text' | 'json'
  /** Layer version ARNs, in order; absent: left as they are. */
  readonly layers?: readonly string[] | undefined
  readonly description: string
  /** Environments that a version has before it gets traffic; absent: as many as the version before it. */
  readonly provisionedConcurrency?: number | undefined
  /** The other settings that each version keeps; absent: AWS's defaults. */
  readonly versioned?: VersionedSettings
  /** The settings that belong to the function or the alias, and to no version; absent: all are left as they are. */
  readonly attachments?: Attachments
  readonly artifacts?: ArtifactSettings | undefined
  readonly release: ReleaseSettings
}

/** Where packages are kept in S3. */
export interface ArtifactSettings {
  readonly bucket: string
  /** The start of the function's keys: prefix, service and function. */
  readonly keyPrefix: string
  /** Undefined: as the bucket encrypts. */
  readonly kmsKey: string | undefined
  /** The account that has to own the bucket; 12 digits. */
  readonly owner: string | undefined
  /** Also what Lambda would take directly. */
  readonly always: boolean
}

/** How a function is bundled, as it is written. */
export type BundleSettings = Exclude<NonNullable<FunctionFields['bundle']>, boolean>

/** An image in ECR, and the values that replace its own at its start; empty: its own. */
export interface ImageSource {
  /** With its digest. */
  readonly uri: string
  readonly command: readonly string[]
  readonly entryPoint: readonly string[]
  readonly workingDirectory: string
}

export interface ReleaseSettings {
  /** The name of a canary release with these steps. */
  readonly strategy: 'canary' | 'linear'
  /** Rising; 100 follows by itself. */
  readonly steps: readonly WrittenStep[]
  /** How long a step holds that says nothing else. */
  readonly everyMs: number
  readonly bakeMs: number
  readonly alarms: readonly AlarmSelector[]
  /** The outcome of an alarm without data; absent: `inconclusive`. */
  readonly insufficientData?: Verdict['outcome'] | undefined
  /** How the candidate is compared with stable while both serve; absent where it isn't. */
  readonly compare?: ComparisonGate | undefined
  /** In this order; none where the candidate isn't tried. */
  readonly smoke: readonly SmokeEvent[]
  /** Commands that run at points of the release; absent where there are none. */
  readonly hooks?: Readonly<Partial<Record<HookPoint, HookCommand>>> | undefined
}
