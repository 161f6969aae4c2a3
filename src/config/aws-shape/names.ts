import { fieldNames } from '../../function/aws-names.ts'
import { putField } from '../../function/values/put-field.ts'
import { type FieldPath, valueAt } from '../values/field-path.ts'
import type { Problem } from '../values/problem.ts'

const pairs = fieldNames.map(({ other, ours }) => ({ other: other.split('.'), ours: ours.split('.') }))

/** The same fields with lambdactl's names only. */
export function byOurNames(fields: object): object {
  const named = structuredClone(imageAsMap(fields))
  for (const { other, ours } of pairs) {
    const value = valueAt(fields, other)
    if (value !== undefined) putField(named, ours, value)
  }
  for (const { other } of pairs) Reflect.deleteProperty(named, other[0] ?? '')
  return named
}

/** A field that is given by two names, or that one name gives and another takes away. */
export function twiceNamed(fields: object, at: FieldPath): Problem[] {
  return pairs.flatMap(({ other, ours }, index) => {
    if (valueAt(fields, other) === undefined) return []
    const earlier = pairs.slice(0, index).filter((pair) => pair.ours.join('.') === ours.join('.'))
    const first = [ours, ...earlier.map((pair) => pair.other)].find((name) =>
      isGiven(imageAsMap(fields), name),
    )
    if (!first) return []
    const text = `this is the same field as ${first.join('.')}. Expected one of the two, got both.`
    return [{ field: [...at, ...other], text, aboutKey: true as const }]
  })
}

/** A field's path as the file writes it: by AWS's name if that is used. */
export function asWritten(fields: unknown, field: FieldPath): FieldPath {
  const pair = pairs.find(
    ({ other, ours }) =>
      ours.every((key, index) => field[index] === key) && valueAt(fields, other) !== undefined,
  )
  return pair ? [...pair.other, ...field.slice(pair.ours.length)] : field
}

/** An image's text means its URI, which other names may stand beside. */
function imageAsMap(fields: object): object {
  const image = valueAt(fields, ['image'])
  const hasOther = pairs.some(
    ({ other, ours }) => ours[0] === 'image' && valueAt(fields, other) !== undefined,
  )
  return hasOther && typeof image === 'string' ? { ...fields, image: { uri: image } } : fields
}

/** Given, or taken away as a whole: `vpc: null` leaves no place for `vpc.subnets`. */
function isGiven(fields: object, path: readonly string[]): boolean {
  const above = path.map((_, index) => valueAt(fields, path.slice(0, index + 1)))
  return above.at(-1) !== undefined || above.includes(null)
}
