import { dataOf, isParts, listOf, type Part, partsOf } from './part.ts'

/** The one entry of an intrinsic function, as in `Ref` and its argument; undefined for another value. */
export function intrinsicOf(part: Part): readonly [name: string, argument: Part] | undefined {
  if (!isParts(part.value) || part.value.size !== 1) return undefined
  const [entry] = part.value
  return entry && /^(Ref|Fn::\w+)$/.test(entry[0]) ? entry : undefined
}

/** Tells whether only CloudFormation knows the value: of an intrinsic function, or of a dynamic reference. */
export function isOpen(part: Part): boolean {
  return (
    intrinsicOf(part) !== undefined || (typeof part.value === 'string' && part.value.includes('{{resolve:'))
  )
}

const longest = 60

/** The value as the template's short form writes it: `!Ref Table`, `!GetAtt Table.Arn`, `!Sub "${Table}-x"`, `!If …`. */
export function wordsOf(part: Part): string {
  const [name, argument] = intrinsicOf(part) ?? []
  if (name === undefined || argument === undefined) return JSON.stringify(part.value)
  const short = `!${name.replace('Fn::', '')}`
  const data = dataOf(argument)
  if (name === 'Fn::GetAtt') return `${short} ${Array.isArray(data) ? data.join('.') : String(data)}`
  if (typeof data !== 'string') return `${short} …`
  if (name === 'Ref') return `${short} ${data}`
  return `${short} ${JSON.stringify(data.length > longest ? `${data.slice(0, longest)}…` : data)}`
}

/** The resources that a value refers to: by `Ref`, `GetAtt` or `Sub`. */
export function referencesOf(part: Part): readonly string[] {
  const [name, argument] = intrinsicOf(part) ?? []
  if (name === undefined || argument === undefined) return []
  const data = dataOf(argument)
  const first: unknown = Array.isArray(data) ? data[0] : data
  if (typeof first !== 'string') return []
  if (name === 'Ref' || name === 'Fn::GetAtt') return [first.split('.')[0] ?? first]
  if (name !== 'Fn::Sub') return []
  const own = new Set(partsOf(listOf(argument)[1]).keys())
  const names = Array.from(first.matchAll(/\$\{(?!!)([^}]+)\}/g), ([, found = '']) => found.trim())
  return names.filter((each) => !own.has(each)).map((each) => each.split('.')[0] ?? each)
}
