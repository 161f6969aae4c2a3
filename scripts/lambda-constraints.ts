// Writes the constraints of Lambda's inputs from the service model that botocore has, a JSON file, as in
// `gunzip < …/botocore/data/lambda/2015-03-31/service-2.json.gz > model.json`.
import { readFileSync, writeFileSync } from 'node:fs'

/** A shape of botocore's model. */
interface Shape {
  type: string
  required?: string[]
  members?: Record<string, { shape: string }>
  member?: { shape: string }
  key?: { shape: string }
  value?: { shape: string }
  min?: number
  max?: number
  pattern?: string
  enum?: string[]
  sensitive?: boolean
}

interface Model {
  operations: Record<string, { input?: { shape: string } }>
  shapes: Record<string, Shape>
}

/** Families of operations that the sandbox has none of. */
const absent =
  /Durable|CapacityProvider|ScalingConfig|[ys]CodeSigningConfig|^(?:Create|Get|Update|Delete)CodeSigningConfig$/
/** Members that Lambda checks by rules that its model does not have. */
const ownRules = new Set(['CreateFunctionRequest.Runtime', 'UpdateFunctionConfigurationRequest.Runtime'])
/** Orders and texts of Lambda's messages that differ from the model. */
const enums: Record<string, string[]> = {
  EventSourcePosition: ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'],
  LogFormat: ['Text', 'JSON'],
  RecursiveLoop: ['Terminate', 'Allow'],
  UpdateRuntimeOn: ['Auto', 'Manual', 'FunctionUpdate'],
  PackageType: ['Image', 'Zip'],
}
/** Limits that the model lacks. */
const limits: Record<string, object> = { Timeout: { max: 900 } }
const patterns: Record<string, (pattern: string) => string> = {
  TaggableResource: (pattern) => pattern.replace('|code-signing', '|layer:([a-zA-Z0-9-_]+)|code-signing'),
}

const [source] = process.argv.slice(2)
if (source === undefined)
  throw new Error('Name the file of the model: node scripts/lambda-constraints.ts FILE')
const model = JSON.parse(readFileSync(source, 'utf8')) as Model
const inputs: Record<string, string> = {}
const shapes: Record<string, object> = {}
for (const [operation, { input }] of Object.entries(model.operations)) {
  if (input && !absent.test(operation) && take(input.shape)) inputs[operation] = input.shape
}
const target = 'src/sandbox/lambda/model/constraints.json'
writeFileSync(target, `${JSON.stringify({ inputs, shapes }, null, 2)}\n`)

/** Takes over a shape and those in it; false if nothing in it is constrained. */
function take(name: string): boolean {
  if (name in shapes) return true
  const shape = model.shapes[name]
  if (!shape) return false
  const { required, members = {}, member, key, value } = shape
  const inner = Object.entries(members).filter(
    ([of, { shape: to }]) => !ownRules.has(`${name}.${of}`) && take(to),
  )
  const constraint = {
    ...limitsOf(name, shape),
    ...(required?.length && { required }),
    ...(inner.length > 0 && { members: Object.fromEntries(inner.map(([of, { shape: to }]) => [of, to])) }),
    ...(member && take(member.shape) && { member: member.shape }),
    ...(key && take(key.shape) && { key: key.shape }),
    ...(value && take(value.shape) && { value: value.shape }),
  }
  if (Object.keys(constraint).length === 0) return false
  shapes[name] = { ...constraint, ...(shape.sensitive && { sensitive: true }) }
  return true
}

function limitsOf(name: string, { type, min, max, pattern, enum: values }: Shape): object {
  // The body of a request is limited before anything else.
  if (type === 'blob') return {}
  const number = ['integer', 'long', 'double', 'float'].includes(type)
    ? { number: type === 'double' ? 'double' : 'integer' }
    : {}
  const own = {
    ...(max !== undefined && { max }),
    ...(min !== undefined && { min }),
    ...(pattern !== undefined && { pattern: withSovereign((patterns[name] ?? String)(pattern)) }),
    ...(values && { enum: enums[name] ?? values }),
  }
  return Object.keys(own).length > 0 ? { ...number, ...own, ...limits[name] } : {}
}

/** Lambda's own messages have the European Sovereign Cloud's Regions, unlike the model. */
function withSovereign(pattern: string): string {
  return pattern.replaceAll('[a-z]{2}((-gov)', '(eusc-)?[a-z]{2}((-gov)')
}
