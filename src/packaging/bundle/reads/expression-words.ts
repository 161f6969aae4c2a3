import type { AnyNode } from 'acorn'

/** The name of the called function: `join` for `path.join` and for `(0, path_1.join)`. */
export function lastName(callee: AnyNode): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type === 'ParenthesizedExpression') return lastName(callee.expression)
  if (callee.type === 'SequenceExpression') return lastName(callee.expressions.at(-1) as AnyNode)
  if (callee.type === 'ChainExpression') return lastName(callee.expression)
  if (callee.type !== 'MemberExpression') return ''
  const { property } = callee
  if (property.type === 'Identifier') return property.name
  return property.type === 'Literal' ? String(property.value) : ''
}

/** An expression made of names, as text: `process.env.NAME`. */
export function wordsOf(node: AnyNode): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MetaProperty') return 'import.meta'
  if (node.type !== 'MemberExpression') return ''
  return `${wordsOf(node.object)}.${lastName(node)}`
}
