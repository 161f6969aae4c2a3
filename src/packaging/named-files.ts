import { posix } from 'node:path'

const text = String.raw`(?:'[^'\n]*'|"[^"\n]*")`
const folder = '__dirname'
const root = '__taskRoot'

/** Expressions for the folder of a module. */
const folders =
  /\bimport\.meta\.dirname\b|(?:\b\w+\.)?\bdirname\(\s*(?:__filename|import\.meta\.filename|(?:\w+\.)?fileURLToPath\(\s*(?:import\.meta\.url|new URL\(\s*import\.meta\.url\s*\))\s*\))\s*\)|(?:\b\w+\.)?\bfileURLToPath\(\s*new URL\(\s*['"]\.\/?['"]\s*,\s*import\.meta\.url\s*\)\s*\)/g
/** Expressions for the folder of the whole package, where Lambda starts a function. */
const roots = /\bprocess\.cwd\(\)|\bprocess\.env(?:\.LAMBDA_TASK_ROOT\b|\[\s*['"]LAMBDA_TASK_ROOT['"]\s*\])/g

/** A file by its name in the code: `join(__dirname, 'a', 'b')`, `__dirname + '/a'`, a template. */
function namingsFrom(place: string): RegExp[] {
  return [
    new RegExp(String.raw`\b${place}\s*((?:,\s*${text}\s*)+)\)`, 'g'),
    new RegExp(String.raw`\b${place}\s*\+\s*(${text})`, 'g'),
    new RegExp(String.raw`\$\{${place}\}([^\x60$\n]+)\x60`, 'g'),
  ]
}

const relative = String.raw`(?:'\.\.?/[^'\n]*'|"\.\.?/[^"\n]*")`
const fromFolder = [
  ...namingsFrom(folder),
  new RegExp(String.raw`\bnew URL\(\s*(${text})\s*,\s*import\.meta\.url`, 'g'),
  new RegExp(String.raw`\brequire\.resolve\(\s*(${relative})`, 'g'),
]
const fromRoot = [
  ...namingsFrom(root),
  new RegExp(String.raw`\b(?:readFile|readFileSync|createReadStream|readdir|readdirSync)\(\s*(${text})`, 'g'),
]

/** A file whose name only running the code shows, where the code reads or starts files. */
const unnamed = new RegExp(
  String.raw`\b(?:join|resolve)\(\s*${folder}\s*,\s*[\w$.]+\s*[,)]|\$\{${folder}\}/\$\{|\b${folder}\s*\+\s*['"]/['"]\s*\+`,
)
const reads =
  /\b(?:readFile|readFileSync|createReadStream|readdir|readdirSync|dlopen|fork|execFile|spawn|Worker)\(/

/** The files that the code of a module names. */
export interface NamedFiles {
  /** Relative to the module's folder. */
  readonly beside: readonly string[]
  /** Relative to the package. */
  readonly inPackage: readonly string[]
  /** Whether it reads files beside itself by names that only running it shows. */
  readonly hasOthers: boolean
}

export function namedFiles(source: string): NamedFiles {
  const code = withPlaces(source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, ''))
  return {
    beside: namesBy([...fromFolder, ...requiredBy(code)], code),
    inPackage: namesBy(fromRoot, code).filter((name) => !name.startsWith('..')),
    hasOthers: unnamed.test(code) && reads.test(code),
  }
}

/** The code with one word for each place, also where a module has another name for it. */
function withPlaces(code: string): string {
  const plain = code.replaceAll(folders, folder).replaceAll(roots, root)
  const names = Array.from(
    plain.matchAll(
      /\b(?:const|let|var)\s+([\w$]+)(?:\s*:\s*string)?\s*=\s*(__dirname|__taskRoot)\s*(?:;|,|\n|$)/g,
    ),
  )
  return names.reduce(
    (left, [, name = '', place = '']) =>
      left.replaceAll(
        new RegExp(String.raw`(?<![\w$.])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`, 'g'),
        place,
      ),
    plain,
  )
}

/** Calls of what `createRequire` gave, which no bundler follows. */
function requiredBy(code: string): RegExp[] {
  const names = Array.from(
    code.matchAll(/\b([\w$]+)\s*=\s*(?:\w+\.)?createRequire\(/g),
    ([, name = '']) => name,
  )
  return names.map(
    (name) =>
      new RegExp(
        String.raw`(?<![\w$.])${name.replaceAll('$', String.raw`\$`)}(?:\.resolve)?\(\s*(${relative})`,
        'g',
      ),
  )
}

function namesBy(patterns: readonly RegExp[], code: string): string[] {
  const found = patterns.flatMap((pattern) => Array.from(code.matchAll(pattern), ([, words = '']) => words))
  const names = found.map((words) =>
    posix.join(
      ...(/['"]/.test(words)
        ? Array.from(words.matchAll(/['"]([^'"\n]*)['"]/g), ([, word = '']) => word)
        : [words]),
    ),
  )
  // A folder above is the package's, whose files are mostly asked for by name elsewhere.
  return [...new Set(names.map((name) => name.replace(/^\/+|\/+$/g, '')))].filter(
    (name) => name !== '' && name !== '.' && !/^(?:\.\.\/?)+$/.test(name),
  )
}
