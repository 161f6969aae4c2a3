import type { Manages } from '../function/manages.ts'
import type { Config } from '../service/config.ts'

/** An existing Lambda function that is added to a service's `lambdactl.yaml`. */
export interface Adoptee {
  lambdaName: string
  /** Its id in the tool that made it. */
  logicalId?: string | undefined
  /** Its name in the file, if a person chose it. */
  as?: string | undefined
  /** Default: `function`. */
  manages?: Manages
  /** Without a version; absent: the file does not say that it was taken on. */
  arn?: string
  region: string
  account: string
  alias: string
  role: string
  /** Whether its source is a zip, not a folder. */
  isZip: boolean
  /** A source that is there already, as the field says it; absent: the code that will be written into `functions/`. */
  source?: string | undefined
  /** The field `build`. */
  build?: unknown
  /** Settings as fields of the file, without the role; of a function with `manages: code` those of its package alone. */
  fields: Readonly<Record<string, unknown>>
}

/** The service that gets the function. */
export interface AdoptingService {
  /** The file's absolute path, with its text and its parsed content; undefined if there is no file yet. */
  path: string
  /** The file's name in messages. */
  shownAs: string
  existing: { text: string; config: Config } | undefined
  environment: string
  /** Written into a new environment. */
  endpoint: string | undefined
  /** The service's name if the file has none. */
  folderName: string
  /** Whether functions that the file has already are left as they are; else they are an error. */
  skipsKnown?: boolean
}
