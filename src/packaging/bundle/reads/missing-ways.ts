import { posix } from 'node:path'
import { LambdactlError } from '../../../errors/error.ts'
import { firstNames } from '../../../errors/first-few.ts'
import type { LostFile } from './lost-files.ts'

const mostNamed = 4

/** The next steps: `include` if the file keeps its place, or else another way to name or to import the file. */
export function waysFor(lost: readonly LostFile[]): string[] {
  const [staying, moving] = [lost.filter(isInPlace), lost.filter((file) => !isInPlace(file))]
  const included = [...new Set(staying.map(({ inSource }) => quotedPath(inSource)))].slice(0, 5).join(', ')
  const [moved] = moving
  return [
    ...(included ? [`include: [${included}] adds them`] : []),
    ...(moved
      ? [`The bundle looks for ${moved.inSource} at ${moved.inPackage}: ${otherWays(moved).join(', or ')}`]
      : []),
  ]
}

/** The next steps for a file that the bundle looks for at another place than the source has it. */
function otherWays({ inSource }: LostFile): string[] {
  const ending = posix.extname(inSource)
  const loader = `import it (bundle: {loader: {"${ending}": text}})`
  return [
    inSource.startsWith('..')
      ? 'have build: copy it into the source'
      : `name it join(process.env.LAMBDA_TASK_ROOT, '${inSource}') with include: [${quotedPath(inSource)}]`,
    ...(ending === '' || inSource.includes('*') ? [] : [ownLoader.test(ending) ? 'import it' : loader]),
  ]
}

/** File endings that esbuild can import without a configured loader. */
const ownLoader = /^\.(?:json|txt|[cm]?[jt]sx?)$/

function isInPlace(file: LostFile): boolean {
  return file.inSource === file.inPackage
}

/** YAML needs quotes in a list around words that begin or end with these characters. */
function quotedPath(path: string): string {
  return /^[\w./-]+$/.test(path) && /^[\w.]/.test(path) ? path : JSON.stringify(path)
}

/** The error for files that own code reads for sure. */
export function missingError(lost: readonly LostFile[]): LambdactlError {
  const lines = lost.map(({ module, inSource }) => `${module} reads ${inSource}`)
  const told = [...new Set(lines)]
  const where = [...new Set(lost.map(({ inPackage }) => inPackage))].slice(0, mostNamed).join(', ')
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The function reads files that its package does not have: ${firstNames(told, mostNamed)}; expected ${where} in the package, got none.`,
    {
      next: [
        ...waysFor(lost).map((way) =>
          `${way[0]?.toUpperCase()}${way.slice(1)}.`.replace(
            /^Include: (\[[^\]]*\]) adds them/,
            'Add the files: include: $1',
          ),
        ),
        'If the function can work without the file, have the code call existsSync or catch the error: then this is only a note.',
      ],
    },
  )
}
