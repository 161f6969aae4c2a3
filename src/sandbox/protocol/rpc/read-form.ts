import { FromStringShapeDeserializer } from '@smithy/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import { ServiceError } from '../service-error.ts'

const scalars = new FromStringShapeDeserializer({
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: false,
})

/** The fields of a form as a tree: `Dimensions.member.1.Name=x` lies four branches deep. */
interface Branch {
  text?: string
  below: Map<string, Branch>
}

/** Reads a structure from the fields of an awsQuery form, by its schema. @throws ServiceError 400 */
export function readForm(schema: NormalizedSchema, form: URLSearchParams): Record<string, unknown> {
  const root: Branch = { below: new Map() }
  for (const [field, text] of form) branchOf(root, field.split('.')).text = text
  return readStructure(schema, root)
}

function branchOf(root: Branch, path: readonly string[]): Branch {
  let branch = root
  for (const part of path) {
    const next = branch.below.get(part) ?? { below: new Map() }
    branch.below.set(part, next)
    branch = next
  }
  return branch
}

function readStructure(schema: NormalizedSchema, { below }: Branch): Record<string, unknown> {
  const structure: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const branch = below.get(member.getMergedTraits().xmlName ?? name)
    if (branch) structure[name] = readValue(member, branch)
  }
  return structure
}

function readValue(schema: NormalizedSchema, branch: Branch): unknown {
  if (schema.isStructSchema()) return readStructure(schema, branch)
  if (schema.isListSchema()) return inOrder(schema, branch, 'member').map((item) => readItem(schema, item))
  if (schema.isMapSchema()) return Object.fromEntries(inOrder(schema, branch, 'entry').map(entryOf(schema)))
  return readScalar(schema, branch.text ?? '')
}

function readItem(schema: NormalizedSchema, item: Branch): unknown {
  return readValue(schema.getValueSchema(), item)
}

/** SNS has names of its own for the key and the value of an attribute. */
function entryOf(schema: NormalizedSchema) {
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key'
  const valueName = schema.getValueSchema().getMergedTraits().xmlName ?? 'value'
  return ({ below }: Branch): [string, unknown] => {
    const value = below.get(valueName)
    return [below.get(key)?.text ?? '', value && readValue(schema.getValueSchema(), value)]
  }
}

/** The items of a list or a map in the order of their numbers, which begin anywhere and may have gaps. */
function inOrder(schema: NormalizedSchema, branch: Branch, wrapper: string): Branch[] {
  const items = schema.getMergedTraits().xmlFlattened ? branch : branch.below.get(wrapper)
  return Array.from(items?.below ?? [])
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item)
}

function readScalar(schema: NormalizedSchema, text: string): unknown {
  try {
    return scalars.read(schema, text)
  } catch {
    throw new ServiceError(
      'MalformedInput',
      400,
      `The value '${text}' has another type than the operation expects.`,
    )
  }
}
