import type { Manages } from '../../config/function/manages.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { settingsAsFields } from './settings-as-fields.ts'

/** The facts about a function for the file that will describe it. */
export interface Described {
  lambdaName: string
  /** Its id in the tool that made it, and its name in the file, as far as somebody named them. */
  logicalId?: string | undefined
  as?: string | undefined
  manages: Manages
  /** With the version, if it is a published one. */
  arn: string
  region: string
  /** 12 digits. */
  account: string
  alias: string
  role: string
  /** Whether its source is a zip, not a folder. */
  isZip: boolean
  /** A source that is there already, as the file will say it, with its command; undefined: the deployed code is taken. */
  source?: string | undefined
  build?: unknown
  /** In the form of fields of `lambdactl.yaml`. */
  fields: Record<string, unknown>
}

/** The part of the facts that AWS has. The Description is the function's own: a version may have another. */
export function describedAs(
  lambdaName: string,
  latest: FunctionState,
  serving: FunctionState,
): Pick<Described, 'lambdaName' | 'arn' | 'region' | 'account' | 'role' | 'fields'> {
  const { arn: versioned, version, settings, image } = serving
  const parts = versioned.split(':').slice(0, 7)
  const [, , , region = '', account = ''] = parts
  const { description } = latest.settings
  const fields = settingsAsFields({ ...settings, description }, lambdaName, image)
  const arn = [...parts, ...(version === '$LATEST' ? [] : [version])].join(':')
  return { lambdaName, arn, region, account, role: settings.role, fields }
}
