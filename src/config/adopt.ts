import { isDeepStrictEqual } from 'node:util'
import { LambdactlError } from '../errors/error.ts'
import { addFunction } from './adopt/add-function.ts'
import { serviceNameOf } from './adopt/service-name.ts'
import { parseConfig } from './parse.ts'
import type { EnvironmentFields } from './schema/environment.ts'
import type { FunctionFields } from './schema/function.ts'
import type { Config } from './service/config.ts'
import { withDefaults } from './service/defaults.ts'
import { environmentFields } from './service/find.ts'
import { own } from './service/overrides.ts'

/** An existing Lambda function that is added to a service's `lambdactl.yaml`. */
export interface Adoptee {
  lambdaName: string
  /** Without a version; absent: the file does not say that it was taken on. */
  arn?: string
  region: string
  account: string
  alias: string
  role: string
  /** Whether its source is a zip, not a folder. */
  isZip: boolean
  /** Settings as fields of the file, without the role. */
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
}

/** A file to write. */
export interface AdoptedConfig {
  /** The function's name in the file. */
  name: string
  text: string
}

/**
 * The text of `lambdactl.yaml` with the function.
 *
 * @throws LambdactlError PATH_TAKEN if the file has the function already, USAGE if the function is in another Region or
 * account than the environment, CONFIG_INVALID for settings that the file can't express
 */
export function adoptInto(service: AdoptingService, adoptee: Adoptee): AdoptedConfig {
  const { existing, environment } = service
  const shared = existing && environmentOf(existing.config, environment)
  if (shared) requireSamePlace(environment, shared, adoptee)
  const naming = nameFor(service, adoptee.lambdaName)
  if (existing && own(existing.config.functions, naming.name)) {
    throw new LambdactlError('PATH_TAKEN', `${service.shownAs} has a function ${naming.name} already.`, {
      next: [`Compare it with what is deployed: lambdactl diff ${naming.name} --env ${environment}.`],
    })
  }
  const { arn, region, account, alias, role, isZip, fields } = adoptee
  const others = Object.keys(existing?.config.environments ?? {}).some((each) => each !== environment)
  const source = `functions/${naming.name}${isZip ? '.zip' : ''}`
  const written = fields['image'] === undefined ? { source, ...fields } : fields
  const defaults = existing?.config.defaults
  const ownRole = shared && (defaults?.role ?? shared.role) !== role ? { role } : {}
  const whole = {
    ...written,
    ...(arn === undefined ? {} : { adopted: arn }),
    // A literal name would mean another function in other environments.
    ...(naming.isLiteral && others ? {} : naming.field),
    ...ownRole,
  }
  if (existing) requireUntouched(existing.config, whole, naming.name)
  const text = addFunction(existing?.text, {
    service: naming.service,
    name: naming.name,
    fields: whole,
    override: naming.isLiteral && others ? naming.field : {},
    environment,
    environmentFields: {
      region,
      ...(service.endpoint === undefined ? {} : { endpoint: service.endpoint }),
      account,
      alias,
      role,
    },
  })
  parseConfig(text, { path: service.path, shownAs: `${service.shownAs}, as it would be written` })
  return { name: naming.name, text }
}

/** The file's defaults must not change the added function. */
function requireUntouched(
  { defaults, shownAs }: Config,
  fields: Readonly<Record<string, unknown>>,
  name: string,
): void {
  const laid = Object.entries(withDefaults(defaults, fields as FunctionFields))
  const changed = laid.filter(([key, value]) => key !== 'role' && !isDeepStrictEqual(value, fields[key]))
  if (changed.length === 0) return
  const names = changed.map(([key]) => key).join(', ')
  throw new LambdactlError(
    'USAGE',
    `The defaults of ${shownAs} would change the function ${name}: ${names}.`,
    {
      next: [
        'Move these fields from defaults: to the functions that want them, or take it on in a folder of its own: lambdactl init DIR --from …',
      ],
    },
  )
}

function environmentOf(config: Config, name: string): EnvironmentFields | undefined {
  return own(config.environments, name) && environmentFields(config, name)
}

function requireSamePlace(
  environment: string,
  { region, account }: EnvironmentFields,
  { lambdaName, ...adoptee }: Adoptee,
): void {
  for (const [what, expected, got] of [
    ['Region', region, adoptee.region],
    ['account', account, adoptee.account],
  ]) {
    if (expected === undefined || expected === got) continue
    throw new LambdactlError(
      'USAGE',
      `The environment ${environment} is of the ${what} ${expected}, and ${lambdaName} is of ${got}.`,
      { next: ['Choose another --env.'] },
    )
  }
}

interface Naming {
  service: string
  name: string
  field: { name?: string }
  /** Whether the field is the same in every environment. */
  isLiteral: boolean
}

/** Chooses the function's name in the file so that its name in Lambda follows from it. */
function nameFor({ existing, environment, folderName }: AdoptingService, lambdaName: string): Naming {
  const service = existing?.config.service ?? /^[a-zA-Z0-9]+(?=-.+-)/.exec(lambdaName)?.[0]
  const [start, end] = [`${service}-`, `-${environment}`]
  const between = lambdaName.slice(start.length, -end.length)
  if (service !== undefined && lambdaName === `${start}${between}${end}` && /^[a-zA-Z0-9]/.test(between)) {
    return { service, name: between, field: {}, isLiteral: false }
  }
  const words = lambdaName.split('-')
  const isLiteral = !words.includes(environment)
  const template = words.map((word) => (word === environment ? '${env}' : word)).join('-')
  return {
    service: existing?.config.service ?? serviceNameOf(folderName),
    name: plain(lambdaName),
    field: { name: isLiteral ? lambdaName : template },
    isLiteral,
  }
}

/** A name that the file accepts: it begins with a letter or digit. */
function plain(lambdaName: string): string {
  return lambdaName.replace(/^[-_]+/, '') || 'function'
}
