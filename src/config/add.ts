import { LambdactlError } from '../errors/error.ts'
import { addFunctions } from './adopt/add-functions.ts'
import { readDocument } from './file/document.ts'
import { parseConfig } from './parse.ts'
import type { Config } from './service/config.ts'
import { locateEnvironment } from './service/locate.ts'
import { own } from './service/own.ts'

/** A file that gets one more function. */
export interface FileToExtend {
  config: Config
  text: string
  /** The new function's name. */
  name: string
  /** The text of a template's `lambdactl.yaml`, whose only function is the new one. */
  template: string
}

/**
 * The text of `lambdactl.yaml` with one more function, that of a template. Comments and order stay.
 *
 * @throws LambdactlError PATH_TAKEN if the file has the function, CONFIG_INVALID for a name that Lambda can't have in one
 * of the environments
 */
export function withFunction({ config, text, name, template }: FileToExtend): string {
  if (own(config.functions, name)) {
    throw new LambdactlError('PATH_TAKEN', `${config.shownAs} has a function ${name} already.`, {
      next: ['Choose another name.'],
    })
  }
  const [environment = ''] = Object.keys(config.environments)
  const place = { service: config.service, environment, environmentFields: {} }
  const added = addFunctions(text, place, [{ name, fields: fieldsOf(template), override: {} }])
  const { path } = config.file
  const parsed = parseConfig(added, { path, shownAs: `${config.shownAs}, with ${name}` })
  for (const each of Object.keys(parsed.environments)) locateEnvironment(parsed, each)
  return added
}

/** The fields of a template's only function. */
function fieldsOf(template: string): Record<string, unknown> {
  const { functions } = readDocument(template, 'the template').value as {
    functions: Record<string, Record<string, unknown>>
  }
  const [fields = {}] = Object.values(functions)
  return fields
}
