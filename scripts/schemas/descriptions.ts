import type { Checker, Type } from 'typescript/unstable/sync'

type Symbol = NonNullable<ReturnType<Type['getSymbol']>>

/** The doc comment of a symbol, in one line; empty without one. */
export function descriptionOf(checker: Checker, symbol: Symbol): string {
  return inOneLine(checker.getDocumentationCommentOfSymbol(symbol))
}

const lastComment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*\|?\s*$/

/** The doc comment in front of a member of a union; the compiler knows only those of declarations with a name. */
export function commentBefore(symbol: Symbol): string {
  const [declaration] = symbol.declarations
  if (!declaration?.path.includes('/src/')) return ''
  const node = declaration.resolve()
  if (!node) return ''
  const file = node.getSourceFile()
  const [, comment = ''] = lastComment.exec(file.text.slice(0, node.getStart(file))) ?? []
  return inOneLine(comment.replace(/^\s*\*? ?/gm, ''))
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
