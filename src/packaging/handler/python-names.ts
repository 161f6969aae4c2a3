import type { ModuleLook } from './module-look.ts'

/** Ways to define a name that the code does not contain. */
const dynamic =
  /\b(?:globals|locals|vars|exec|eval|compile|setattr|sys|importlib|inspect|builtins|runpy|ctypes|gc|pkgutil)\b|__(?:dict|getattr|import|globals|builtins|class|setattr|loader|spec|path|module)__|\bimport\s*\(?\s*\*/

const imports = /\b(?:from|import)\s+([.\w]+(?:\s+as\s+\w+)?(?:\s*,\s*[.\w]+(?:\s+as\s+\w+)?)*)/g

/**
 * Looks for a name in the code of a Python module. The answer is a certain no only if the code has neither the word,
 * nor a way to make a name, nor an import of its own package that could define it.
 *
 * @param has whether the package has a path that starts so
 */
export function lookInPython(text: string, name: string, has: (start: string) => boolean): ModuleLook {
  // Python treats several forms of a letter as the same letter.
  const code = text.normalize('NFKC').replaceAll(/\\\r?\n/g, ' ')
  const names = definedIn(code)
  if (names.includes(name) || isImported(code, name)) return { seen: 'yes', names }
  const isOpen =
    code.split(/[^\w\u0080-\uFFFF]+/).includes(name) || dynamic.test(code) || importsOwn(code, has)
  return { seen: isOpen ? 'unsure' : 'no', names }
}

function definedIn(code: string): string[] {
  const found = code.matchAll(/^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)/gm)
  return [...new Set(Array.from(found, (match) => match[1] ?? match[2] ?? ''))]
}

/** Tells whether a name is imported by itself from elsewhere. */
function isImported(code: string, name: string): boolean {
  const statements = code.match(/^from\s+\S+\s+import\s+(?:\([^)]*\)|.*)/gm) ?? []
  return statements.some((statement) => {
    return statement
      .replace(/^.*?\bimport\b/, '')
      .replaceAll(/#.*/g, '')
      .split(/[^\w]+/)
      .includes(name)
  })
}

function importsOwn(code: string, has: (start: string) => boolean): boolean {
  const modules = Array.from(code.matchAll(imports), ([, list = '']) => list.split(',')).flat()
  return modules.some((module) => {
    const [top = ''] = module.trim().split(/[.\s]/)
    return top === '' || has(`${top}.`) || has(`${top}/`)
  })
}
