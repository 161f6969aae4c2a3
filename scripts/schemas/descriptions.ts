import type { Checker, Type } from 'typescript/unstable/sync'

type Symbol = NonNullable<ReturnType<Type['getSymbol']>>

/** The doc comment of a symbol, in one line; empty without one. */
export function descriptionOf(checker: Checker, symbol: Symbol): string {
  return isOwn(symbol) ? inOneLine(checker.getDocumentationCommentOfSymbol(symbol)) : ''
}

const lastComment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*\|?\s*\(?\s*$/

/** The doc comment in front of a member of a union; the compiler knows only those of declarations with a name. */
export function commentBefore(symbol: Symbol): string {
  const node = isOwn(symbol) && symbol.declarations[0]?.resolve()
  if (!node) return ''
  const file = node.getSourceFile()
  const [, comment = ''] = lastComment.exec(file.text.slice(0, node.getStart(file))) ?? []
  return inOneLine(comment.replace(/^\s*\*? ?/gm, ''))
}

/** Whether the program declares it, not a library. */
export function isOwn({ declarations: [first] }: Symbol): boolean {
  return first?.path.includes('/src/') ?? false
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
