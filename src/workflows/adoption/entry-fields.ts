import { settingFields } from '../../function/settings/fields.ts'

type Fields = Readonly<Record<string, unknown>>

const ofPackage = ['bundle', 'include', 'requirements']

/** AWS tells all of these: one that it leaves out has AWS's default, whatever the tool's file says. */
const ofAws = settingFields.map(({ keys: [first = ''] }) => first)

/**
 * The fields of a function that lambdactl manages as a whole: its settings in AWS, and what only its tool's file tells.
 * That is how its own source is packaged, and the reference to a variable's value in place of the value.
 *
 * @param deployed its settings in AWS, with how its deployed code is packaged
 * @param told the fields that the file of its tool tells of
 * @param hasSource whether it has another source than its deployed code
 */
export function entryFields(deployed: Fields, told: Fields, hasSource: boolean): Record<string, unknown> {
  const environment = mapOf(deployed['environment'])
  const references = Object.entries(mapOf(told['environment'])).filter(
    ([name, value]) => name in environment && isReference(value),
  )
  const logs = { ...mapOf(deployed['logs']), ...retentionOf(told) }
  return {
    ...without(told, ofAws),
    ...(hasSource ? without(deployed, ofPackage) : deployed),
    ...(Object.keys(logs).length > 0 && { logs }),
    ...(references.length > 0 && { environment: { ...environment, ...Object.fromEntries(references) } }),
  }
}

/** No version keeps it, although it is written among the logs' settings. */
function retentionOf(told: Fields): Fields {
  const { retention } = mapOf(told['logs'])
  return retention === undefined ? {} : { retention }
}

/** Text with a `${` that is not a plain one, `$${`. */
function isReference(value: unknown): boolean {
  return typeof value === 'string' && /(?<!\$)\$\{/.test(value)
}

function mapOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}
