import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../../schemas')

interface Schema {
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  $defs?: Record<string, Schema>
  anyOf?: Schema[]
  items?: Schema
  additionalProperties?: Schema | boolean
}

/** A name that says its unit, or says which things it counts by their plural. */
const tellingName =
  /(?:Ms|Mb|Bytes|Seconds|Percent|Share|PerSecond|^bytes|^seconds|^percent|^pid|^port|^exitCode|[^s]s)$/
/** Units, and words for a count or a number in an order. */
const unit =
  /milliseconds|\bseconds\b|\bbytes\b|\bMB\b|percent|dollars|USD|\bratio\b|multiple|0 to 1|between 0 and 1|share|how many|how often|how much faster|number|environments|executions|invocations|concurrency|reservation|requests|events|lines|periods|messages|minute|mappings|queue|functions|starts|versions|files|unit|status|counted from 1|from 1|retries/i

/** A description that tells the unit of all that is in it. */
const unitOfAll = /milliseconds|bytes|ratio|dollars|executions|environments|the number of|how many/i

/** The numbers of a schema whose unit nobody can tell, each by its path. */
function untold(schema: Schema, path: string, name: string, outer = ''): string[] {
  const words = schema.description ?? ''
  const inner = [outer, unitOfAll.test(words) || tellingName.test(name) ? `${words} unit` : ''].join(' ')
  const below = [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, each]) =>
      untold(each, `${path}.${key}`, key, inner),
    ),
    ...Object.entries(schema.$defs ?? {}).flatMap(([key, each]) => untold(each, key, key)),
    ...(schema.anyOf ?? []).flatMap((each) => untold(each, path, name, `${outer} ${words}`)),
    ...[schema.items, schema.additionalProperties].flatMap((each) =>
      typeof each === 'object' ? untold(each, `${path}[]`, '', inner) : [],
    ),
  ]
  const isNumber = [schema.type].flat().some((type) => type === 'number' || type === 'integer')
  return isNumber && !tellingName.test(name) && !unit.test(`${words} ${outer}`) ? [path, ...below] : below
}

test('each number in a document or an event says its unit, or that it is a count', () => {
  const found = globSync('{documents,events}/*.json', { cwd: folder }).flatMap((path) => {
    const schema = JSON.parse(readFileSync(join(folder, path), 'utf8')) as Schema
    return untold(schema, path, '')
  })
  expect([...new Set(found.toSorted())]).toEqual([])
})
