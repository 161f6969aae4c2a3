import type { ModuleLook } from './module-look.ts'

const assignment = /\b(?:module\.)?exports(?:\.([A-Za-z_$][\w$]*)|\[\s*['"]([^'"]+)['"]\s*\])\s*=(?!=)/g
const definition = /Object\.defineProperty\(\s*(?:module\.)?exports\s*,\s*['"]([^'"]+)['"]/g

/** Ways to export a name without an assignment to `exports`. */
const dynamic = /\b(?:exports|module|this|arguments|eval|mainModule|import)\b|\brequire\b(?!\(\s*['"])/

/**
 * Looks for a name in CommonJS code without comments. The answer is a certain no only if the code has neither the word,
 * nor another way to export, nor an import of its own package that could export it.
 *
 * @param has whether the package has a path that starts so
 */
export function lookInCommonJs(code: string, name: string, has: (start: string) => boolean): ModuleLook {
  const found = [...code.matchAll(assignment), ...code.matchAll(definition)]
  const assigned = found.map((match) => match[1] ?? match[2] ?? '')
  const names = [...new Set(assigned)].filter((each) => each !== '__esModule').toSorted()
  if (names.includes(name)) return { seen: 'yes', names }
  const rest = code.replaceAll(assignment, '').replaceAll(definition, '')
  const isOpen = rest.split(/[^\w$]+/).includes(name) || dynamic.test(rest) || requiresOwn(rest, has)
  return { seen: isOpen ? 'unsure' : 'no', names }
}

function requiresOwn(code: string, has: (start: string) => boolean): boolean {
  const modules = Array.from(code.matchAll(/\brequire\(\s*['"]([^'"]*)['"]/g), ([, module = '']) => module)
  return modules.some((module) => /^[./#]/.test(module) || has(`node_modules/${module}`))
}
