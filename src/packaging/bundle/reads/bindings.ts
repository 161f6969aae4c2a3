import type { AnyNode, Expression, Pattern } from 'acorn'
import { full } from 'acorn-walk'

/** The names of a module. */
export interface Bindings {
  /** The expressions that a name may stand for; empty if nothing is known. */
  readonly initsOf: (name: string) => readonly Expression[]
  /** Whether an expression is Node's module `path`. */
  readonly isPath: (node: AnyNode) => boolean
  /** Whether a name holds the result of `createRequire`. */
  readonly isRequire: (name: string) => boolean
}

/** In minified code one name stands for many different things. */
const mostInits = 4

/** Reads the names of a module without regard to scopes. A name that is also a parameter counts as unknown. */
export function bindingsOf(program: AnyNode): Bindings {
  const inits = new Map<string, Expression[]>()
  const unknown = new Set<string>()
  const paths = new Set<string>()
  const bind = (name: string, init: Expression | undefined) => {
    const all = inits.get(name) ?? []
    inits.set(name, all)
    if (init && all.length < mostInits) all.push(init)
    else unknown.add(name)
  }
  const initsOf = (name: string) => (unknown.has(name) ? [] : (inits.get(name) ?? []))
  full(program, (at) => {
    if (at.type === 'VariableDeclarator') {
      if (at.id.type === 'Identifier') {
        if (at.init) bind(at.id.name, at.init)
        if (at.init && asksForPath(at.init)) paths.add(at.id.name)
      } else for (const name of namesIn(at.id)) bind(name, undefined)
    } else if (at.type === 'AssignmentExpression' && at.left.type === 'Identifier')
      bind(at.left.name, at.right)
    else if (at.type === 'ImportDeclaration' && isPathModule(at.source.value))
      for (const { local } of at.specifiers) paths.add(local.name)
    else if (
      at.type === 'FunctionDeclaration' ||
      at.type === 'FunctionExpression' ||
      at.type === 'ArrowFunctionExpression'
    )
      for (const name of at.params.flatMap(namesIn)) bind(name, undefined)
  })
  return {
    initsOf,
    isPath: (node) => isPath(node, paths),
    isRequire: (name) => initsOf(name).some(isCreateRequire),
  }
}

function isPath(node: AnyNode, paths: ReadonlySet<string>): boolean {
  if (node.type === 'MemberExpression') return isPath(node.object, paths)
  if (node.type === 'Identifier') return paths.has(node.name)
  return asksForPath(node)
}

/** `require('path')`, also inside the helper of a compiler. */
function asksForPath(node: AnyNode): boolean {
  if (node.type === 'AwaitExpression') return asksForPath(node.argument)
  if (node.type === 'ImportExpression')
    return node.source.type === 'Literal' && isPathModule(node.source.value)
  if (node.type !== 'CallExpression') return false
  return node.arguments.some((each) =>
    each.type === 'Literal' ? isPathModule(each.value) : each.type === 'CallExpression' && asksForPath(each),
  )
}

function isPathModule(name: unknown): boolean {
  return typeof name === 'string' && /^(?:node:)?path(?:\/posix)?$/.test(name)
}

function isCreateRequire(init: Expression): boolean {
  if (init.type !== 'CallExpression') return false
  const { callee } = init
  if (callee.type === 'Identifier') return /createRequire/i.test(callee.name)
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'createRequire'
  )
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? namesIn(each) : []))
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        each.type === 'Property' ? namesIn(each.value) : namesIn(each.argument),
      )
    default:
      return []
  }
}
