import type { FunctionPackage, LoadingSource, PackageFile } from '../model/types.ts'
import { zippedFiles } from '../unzip/ready-zip.ts'
import { binaryProblem, isBinary } from './binary-problem.ts'
import { lambdaTarget, ownTarget } from './target.ts'

/** A binary of a package. */
export interface Binary {
  /** POSIX, relative to the package's root. */
  readonly path: string
  /** The kind of a binary that Lambda can't load or start, as in `an ELF for x86_64`; undefined if Lambda can. */
  readonly problem: string | undefined
  /** Whether this machine can load it. */
  readonly runsHere: boolean
}

/**
 * Reads the headers of a package's binaries: native add-ons, shared libraries, and programs.
 *
 * @param isSameVersion whether this machine's interpreter has the function's version
 */
export async function surveyBinaries(
  { runtime, architecture }: Pick<LoadingSource, 'runtime' | 'architecture'>,
  { zip, files }: Pick<FunctionPackage, 'zip' | 'files'>,
  isSameVersion: boolean,
): Promise<Binary[]> {
  if (!files.some(mayBeBinary)) return []
  const [lambda, own] = [lambdaTarget(runtime, architecture), ownTarget()]
  const binaries: Binary[] = []
  // One at a time, since files may be large.
  for (const file of (await zippedFiles(zip, 'the package')).filter(mayBeBinary)) {
    const content = await file.content()
    if (!isBinary(content)) continue
    const { path } = file
    const isForOwnPython = isSameVersion || !isOfPythonVersion(path)
    const runsHere = own !== undefined && isForOwnPython && binaryProblem(content, own) === undefined
    binaries.push({ path, problem: otherPython(path, runtime) ?? binaryProblem(content, lambda), runsHere })
  }
  return binaries
}

/** Decides by the name: reading all files of a large package would take seconds. */
function mayBeBinary({ path, mode, size }: Pick<PackageFile, 'path' | 'mode' | 'size'>): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/\.(?:node|so(?:\.[\d.]+)?|dylib|pyd)$/.test(name)) return true
  return mode === 0o755 && size > 0 && !name.includes('.')
}

/** The name of an extension may hold its Python, as `cpython-312`. */
function otherPython(path: string, runtime: string): string | undefined {
  const [, major, minor] = /\.cpython-(\d)(\d+)[-.][^/]*$/.exec(path) ?? []
  if (major === undefined || !runtime.startsWith('python')) return undefined
  const version = `${major}.${minor}`
  return runtime === `python${version}` ? undefined : `an extension for Python ${version}`
}

function isOfPythonVersion(path: string): boolean {
  return /\.cpython-\d+[-.][^/]*$/.test(path)
}
