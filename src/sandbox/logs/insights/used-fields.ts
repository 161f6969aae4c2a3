import type { Node } from './node.ts'

/** The names of all fields that expressions may read of a row; an earlier command may have left the result of a call. */
export function usedFields(nodes: readonly Node[]): string[] {
  return [...new Set(nodes.flatMap(namesIn))]
}

function namesIn(node: Node): string[] {
  switch (node.kind) {
    case 'value':
      return []
    case 'field':
      return [node.name]
    case 'not':
    case 'like':
      return namesIn(node.of)
    case 'in':
      return [node.of, ...node.list].flatMap(namesIn)
    case 'operation':
      return [node.left, node.right].flatMap(namesIn)
    case 'call':
      return [
        node.written,
        ...(node.name === 'bin' ? ['@timestamp'] : []),
        ...node.arguments.flatMap(namesIn),
      ]
  }
}
