import { posix } from 'node:path'
import { type AnyNode, parse } from 'acorn'
import { fullAncestor } from 'acorn-walk'
import { type Bindings, bindingsOf } from './bindings.ts'
import { lastName, wordsOf } from './expression-words.ts'
import { isGuarded, isProbe, tellsErrors } from './guards.ts'
import { placeReader } from './place-reader.ts'
import { ownFile, type PlaceValue } from './place-values.ts'

/** A file or folder that code names. */
export interface Naming {
  /** The folder that the path is relative to: the module's own, or the function's working directory. */
  readonly from: 'module' | 'package'
  /** `*` stands for each part that only running the code shows. */
  readonly path: string
  /** Whether the code reads the file and fails without it; if false, it may. */
  readonly isRead: boolean
  /** The innermost named function around the read; undefined at the top of the module. */
  readonly within: string | undefined
}

/** A place where a function is called or passed on. */
interface Mention {
  readonly name: string
  readonly isGuarded: boolean
  readonly within: string | undefined
}

/** The files that the code of a module names. */
export interface NamedFiles {
  readonly names: readonly Naming[]
  /** The mentions of functions. */
  readonly mentions: readonly Mention[]
  /** Whether the code reads or starts any file. */
  readonly reads: boolean
}

const nothing: NamedFiles = { names: [], mentions: [], reads: false }
const reading =
  /^(?:readFile|createReadStream|readdir|open|opendir|copyFile)(?:Sync)?$|^(?:dlopen|fork|execFile|spawn|Worker)(?:Sync)?$/
/** Calls that resolve a path without a folder in the function's working directory. */
const ofFiles =
  /^(?:readFile|createReadStream|readdir|opendir)(?:Sync)?$|^(?:static|serveStatic|renderFile|compileFile|configure)$/

/**
 * Reads the files that a module names; none for code that can't be parsed.
 *
 * @param code JavaScript
 * @param isOwn whether the mentions of its functions are wanted
 */
export function namedFiles(code: string, isOwn: boolean): NamedFiles {
  const program = parsed(code)
  if (!program) return nothing
  const look = looking(bindingsOf(program), code)
  fullAncestor(program, (node, _, ancestors, type) => {
    if (type === 'VariablePattern') return
    look.atPlace(node, ancestors)
    if (isOwn) look.atFunction(node, ancestors)
  })
  return look.found()
}

/** Gathers what nodes name. */
function looking(bindings: Bindings, code: string) {
  const read = placeReader(bindings)
  const names: Naming[] = []
  const mentions: Mention[] = []
  const probed = new Set<string>()
  let reads = false
  const isProbed = ({ from, path }: Naming) => probed.has(`${from} ${path}`)
  return {
    atPlace(node: AnyNode, ancestors: readonly AnyNode[]): void {
      if (isCall(node) && reading.test(lastName(node.callee))) reads = true
      const parent = ancestors.at(-2)
      const callee = parent && calleeOf(parent, node)
      const value = placeOf(read(node), callee, bindings.isRequire)
      // A part of a longer name is not a name of its own.
      if (!value || (parent && (read(parent)?.from ?? 'text') !== 'text')) return
      if (callee !== undefined && isProbe(callee)) probed.add(`${value.from} ${value.path}`)
      const isRead = callee !== undefined && (reading.test(callee) || bindings.isRequire(callee))
      const isTold = parent !== undefined && isCall(parent) && tellsErrors(parent, code)
      const isSure = !value.isOneOf && !isTold && !isGuarded(ancestors, bindings.initsOf)
      const within = functionAround(ancestors)
      names.push({ from: value.from, path: value.path, isRead: isRead && isSure, within })
    },
    atFunction(node: AnyNode, ancestors: readonly AnyNode[]): void {
      if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return
      const name = lastName(node)
      if (name === '') return
      const guarded = isGuarded(ancestors, bindings.initsOf)
      mentions.push({ name, isGuarded: guarded, within: functionAround(ancestors) })
    },
    found(): NamedFiles {
      return {
        names: names.map((name) => ({ ...name, isRead: name.isRead && !isProbed(name) })),
        mentions,
        reads,
      }
    },
  }
}

function isCall(node: AnyNode): node is AnyNode & { type: 'CallExpression' | 'NewExpression' } {
  return node.type === 'CallExpression' || node.type === 'NewExpression'
}

function parsed(code: string): AnyNode | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(code, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: sourceType === 'module',
      })
    } catch {
      // The code is parsed as the other kind of module next.
    }
  }
  return undefined
}

/** The name of the call that has a node as its first argument. */
function calleeOf(parent: AnyNode, node: AnyNode): string | undefined {
  if (!isCall(parent)) return undefined
  return parent.arguments[0] === node ? lastName(parent.callee) : undefined
}

/** The place that an expression names, below the folder that it is relative to. */
function placeOf(
  value: PlaceValue | undefined,
  callee: string | undefined,
  isRequire: (name: string) => boolean,
): (PlaceValue & { from: 'module' | 'package' }) | undefined {
  if (!value) return undefined
  const from = value.from === 'text' ? ofText(value.path, callee, isRequire) : value.from
  const path = posix
    .normalize(
      value.path
        .replace(/^\/var\/task\//, '')
        .replace(/^\/+/, '')
        // Placeholders as in i18next: locales/{{lng}}/{{ns}}.json.
        .replaceAll(/\{\{[^/{}]*\}\}|\{\w+\}/g, '*') || '.',
    )
    .replace(/\/+$/, '')
  const isNothing = path === '.' || path.endsWith(ownFile) || /^(?:\.\.\/?)+$/.test(path)
  return from === undefined || isNothing ? undefined : { ...value, from, path }
}

function ofText(
  path: string,
  callee: string | undefined,
  isRequire: (name: string) => boolean,
): 'module' | 'package' | undefined {
  if (callee === undefined) return undefined
  if (isRequire(callee)) return /^\.\.?\//.test(path) ? 'module' : undefined
  if (path.startsWith('/') && !path.startsWith('/var/task/')) return undefined
  return ofFiles.test(callee) && !/^\w+:/.test(path) ? 'package' : undefined
}

/** The name of the innermost named function around a node. */
function functionAround(ancestors: readonly AnyNode[]): string | undefined {
  for (let index = ancestors.length - 2; index >= 0; index -= 1) {
    const name = nameOfFunction(ancestors[index] as AnyNode, ancestors[index - 1])
    if (name !== undefined) return name
  }
  return undefined
}

function nameOfFunction(node: AnyNode, parent: AnyNode | undefined): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name ?? 'default'
  if (node.type !== 'FunctionExpression' && node.type !== 'ArrowFunctionExpression') return undefined
  if (node.type === 'FunctionExpression' && node.id) return node.id.name
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name
  if (parent?.type === 'AssignmentExpression')
    return lastName(parent.left) || wordsOf(parent.left) || undefined
  if (
    parent?.type === 'Property' ||
    parent?.type === 'MethodDefinition' ||
    parent?.type === 'PropertyDefinition'
  )
    return lastName(parent.key) || undefined
  return undefined
}
