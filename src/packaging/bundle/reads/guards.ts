import type { AnyNode, CallExpression, NewExpression } from 'acorn'
import { full } from 'acorn-walk'
import { lastName, wordsOf } from './expression-words.ts'

/** Calls that test whether a file exists. */
const probes = /^(?:exists|access|stat|lstat)(?:Sync)?$/

/** Tells whether a call tests for a file or makes it. Code after such a call does not rely on the file. */
export function isProbe(name: string): boolean {
  return (
    probes.test(name) || /^(?:write|append)File(?:Sync)?$|^mkdir(?:Sync)?$|^createWriteStream$/.test(name)
  )
}

/** Calls that pass an error to a listener or a callback instead of throwing it. */
const telling = /^(?:createReadStream|fork|execFile|spawn|Worker|readFile|readdir|open|opendir|copyFile)$/

/**
 * Tells whether a read passes its error on to a callback or a listener, which may do without the file.
 *
 * @param code of the whole module
 */
export function tellsErrors(
  { callee, arguments: args }: CallExpression | NewExpression,
  code: string,
): boolean {
  if (!telling.test(lastName(callee))) return false
  const last = args.at(-1)?.type
  return (
    last === 'ArrowFunctionExpression' ||
    last === 'FunctionExpression' ||
    /\.(?:on|once)\(\s*['"`]error|\.onerror\b|\bpipeline\(/.test(code)
  )
}

/**
 * Tells whether code may do without the file that it reads: the error is caught, or a condition around the read asks
 * for the file or for the place where the code runs.
 *
 * @param ancestors of the node, outermost first, itself last
 */
export function isGuarded(
  ancestors: readonly AnyNode[],
  initsOf: (name: string) => readonly AnyNode[],
): boolean {
  return ancestors.some((at, index) => {
    const inner = ancestors[index + 1]
    switch (at.type) {
      case 'TryStatement':
        return Boolean(at.handler) && inner === at.block
      case 'IfStatement':
      case 'ConditionalExpression':
        return inner !== at.test && asksForPlace(at.test, initsOf)
      case 'LogicalExpression':
        return inner === at.right && asksForPlace(at.left, initsOf)
      case 'CallExpression':
        return inner === at.callee ? isCatching(at) : settling.test(lastName(at.callee))
      default:
        return false
    }
  })
}

/** Calls that catch the errors of their arguments, by name. */
const settling = /^(?:allSettled|any|try|attempt|safe|optional|suppress|ignore|maybe|swallow)/i

/** `.catch(…)`, or `.then(…, …)`. */
function isCatching({ callee, arguments: args }: AnyNode & { type: 'CallExpression' }): boolean {
  if (callee.type !== 'MemberExpression') return false
  const name = lastName(callee)
  return name === 'catch' || (name === 'then' && args.length > 1)
}

const places =
  /^process\.(?:env|argv)\b|^(?:require\.main|import\.meta)\b|local|debug|dev|test|offline|watch|main|exist/i

/** Tells whether a condition asks for a file, or for the place or mode in which the code runs. */
function asksForPlace(test: AnyNode, initsOf: (name: string) => readonly AnyNode[], depth = 0): boolean {
  let asks = false
  full(test, (at) => {
    if (at.type === 'CallExpression' && probes.test(lastName(at.callee))) asks = true
    if (at.type === 'MemberExpression' && places.test(wordsOf(at))) asks = true
    if (at.type !== 'Identifier') return
    const inits = depth < 2 ? initsOf(at.name) : []
    if (places.test(at.name) || inits.some((init) => asksForPlace(init, initsOf, depth + 1))) asks = true
  })
  return asks
}
