import type {
  AnyNode,
  CallExpression,
  Expression,
  MemberExpression,
  NewExpression,
  TemplateLiteral,
} from 'acorn'
import type { Bindings } from './bindings.ts'
import { lastName, wordsOf } from './expression-words.ts'
import { concat, here, joined, ownModule, type PlaceValue, parentOf, start, text } from './place-values.ts'

/** Evaluates an expression to a path; undefined if it is no path or nothing is known. */
export type ReadPlace = (node: AnyNode | null | undefined) => PlaceValue | undefined

/** @param bindings of the module whose expressions are read */
export function placeReader(bindings: Bindings): ReadPlace {
  const known = new Map<AnyNode, PlaceValue | undefined>()
  const read: ReadPlace = (node) => {
    if (!node) return undefined
    if (known.has(node)) return known.get(node)
    // An expression that refers to itself has no value.
    known.set(node, undefined)
    const value = readNode(node, read, bindings)
    known.set(node, value)
    return value
  }
  return read
}

function readNode(node: AnyNode, read: ReadPlace, bindings: Bindings): PlaceValue | undefined {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? text(node.value) : undefined
    case 'TemplateLiteral':
      return readTemplate(node, read)
    case 'BinaryExpression':
      return node.operator === '+' ? concat([read(node.left), read(node.right)]) : undefined
    case 'Identifier':
      return readName(node.name, read, bindings)
    case 'MemberExpression':
      return readMember(node, read)
    case 'LogicalExpression':
      return oneOf([node.left, node.right], read)
    case 'ConditionalExpression':
      return oneOf([node.consequent, node.alternate], read)
    case 'AwaitExpression':
      return read(node.argument)
    case 'NewExpression':
      return lastName(node.callee) === 'URL' ? readUrl(node, read) : undefined
    case 'CallExpression':
      return readCall(node, read, bindings)
    default:
      return undefined
  }
}

function readTemplate({ quasis, expressions }: TemplateLiteral, read: ReadPlace): PlaceValue | undefined {
  return concat(
    quasis.flatMap(({ value }, at) => [
      text(value.cooked ?? ''),
      ...(at < expressions.length ? [read(expressions[at])] : []),
    ]),
  )
}

function readName(name: string, read: ReadPlace, bindings: Bindings): PlaceValue | undefined {
  const inits = bindings.initsOf(name)
  if (inits.length > 0) return inits.length === 1 ? read(inits[0]) : oneOf(inits, read)
  if (name === '__dirname') return here
  return name === '__filename' ? ownModule : undefined
}

function readMember(node: MemberExpression, read: ReadPlace): PlaceValue | undefined {
  const words = wordsOf(node)
  if (words === 'import.meta.dirname') return here
  if (words === 'import.meta.filename' || words === 'import.meta.url') return ownModule
  if (words === 'process.env.LAMBDA_TASK_ROOT') return start
  return /\.(?:pathname|href)$/.test(`.${lastName(node)}`) ? read(node.object) : undefined
}

/** The first known value. If the expression is a choice, it is marked as one of several. */
function oneOf(nodes: readonly Expression[], read: ReadPlace): PlaceValue | undefined {
  const values = nodes.map(read)
  const value = values.find((each) => each && each.from !== 'text')
  if (!value) return undefined
  const isSame = values.every((each) => each?.from === value.from && each.path === value.path)
  return { ...value, isOneOf: !isSame || value.isOneOf }
}

/** Calls that return their path argument in another form. */
const passing = /^(?:fileURLToPath|pathToFileURL|normalize|String|decodeURIComponent|realpathSync)$/

function readCall(node: CallExpression, read: ReadPlace, bindings: Bindings): PlaceValue | undefined {
  const { callee, arguments: args } = node
  const name = lastName(callee)
  if (passing.test(name)) return read(args[0])
  switch (name) {
    case 'cwd':
      return args.length === 0 ? start : undefined
    case 'dirname':
      return parentOf(read(args[0]))
    case 'toString':
      return callee.type === 'MemberExpression' ? read(callee.object) : undefined
    case 'join':
      return isPathCall(callee, bindings) ? joined(args.map(read)) : undefined
    case 'resolve':
      return readResolve(node, read, bindings)
    default:
      return undefined
  }
}

/** Excludes `['a', 'b'].join()` and `Promise.resolve()`. */
function isPathCall(callee: AnyNode, bindings: Bindings): boolean {
  return callee.type !== 'MemberExpression' || bindings.isPath(callee.object)
}

function readResolve(
  { callee, arguments: args }: CallExpression,
  read: ReadPlace,
  bindings: Bindings,
): PlaceValue | undefined {
  const values = args.map(read)
  const words = wordsOf(callee)
  // A module that is named relative to this one, and that a bundler leaves to Node.
  if (
    /^(?:require|import\.meta)\.resolve$/.test(words) ||
    bindings.isRequire(words.replace(/\.resolve$/, ''))
  ) {
    const [name] = values
    return name?.from === 'text' && /^\.\.?\//.test(name.path) ? { ...name, from: 'module' } : undefined
  }
  if (!isPathCall(callee, bindings)) return undefined
  const at = values.findLastIndex((value) => value !== undefined && value.from !== 'text')
  return at >= 0 ? joined(values.slice(at)) : joined([start, ...values])
}

function readUrl({ arguments: [path, base] }: NewExpression, read: ReadPlace): PlaceValue | undefined {
  if (!base) return read(path)?.from === 'text' ? undefined : read(path)
  const from = read(base)
  if (!from || from.from === 'text') return undefined
  const folder = from.path.endsWith('/') || from.path === '' ? from : parentOf(from)
  return joined([folder, read(path)])
}
