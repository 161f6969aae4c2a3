import type { NextStep } from '../../errors/next-step.ts'
import { packageAt } from '../model/package-at.ts'
import type { Binary } from './survey.ts'

/** Binaries of one dependency; Lambda can load none of them. */
export interface Foreign {
  /** The path of the first binary. */
  readonly path: string
  readonly problem: string
}

const platforms = new Set(
  'linux linuxmusl darwin macos osx mac win windows win32 win64 freebsd netbsd openbsd sunos android openharmony alpine x64 x86 x86_64 amd64 arm64 aarch64 arm armv6 armv7 armv8 armhf ia32 i686 universal gnu musl glibc eabi eabihf gnueabihf msvc napi node riscv64 ppc64 ppc64le s390x loong64 wasm32'.split(
    ' ',
  ),
)

/**
 * Finds the dependencies whose binaries are all for another machine. A dependency may have binaries for several
 * machines, in one package or in one package for each; one binary for Lambda is enough.
 *
 * @returns one for each dependency
 */
export function foreignBinaries(binaries: readonly Binary[]): Foreign[] {
  const families = Map.groupBy(binaries, ({ path }) => familyOf(path))
  return Array.from(families.values(), (family) =>
    family.every(({ problem }) => problem !== undefined) ? family[0] : undefined,
  ).flatMap((found) => (found?.problem === undefined ? [] : { path: found.path, problem: found.problem }))
}

/** The dependency that a file belongs to, without the part of the name that stands for a machine. */
function familyOf(path: string): string {
  return withoutPlatforms(packageAt(path)?.name ?? ownName(path))
}

/** `numpy/core/_x.cpython-312-x86_64-linux-gnu.so` and `numpy.libs/y.so` both belong to numpy. */
function ownName(path: string): string {
  const isPython = /\.(?:cpython-\d+|abi3)[-.][^/]*$|\.libs\//.test(path)
  return isPython ? (/^[^/.]+/.exec(path)?.[0] ?? path) : path
}

function withoutPlatforms(name: string): string {
  return name
    .split(/[-./+]|_(?!64)/)
    .filter((word) => !platforms.has(word) && !/^(?:cpython|\d+)$/.test(word))
    .join('-')
}

const mostNotes = 3

/** Returns notes on binaries for another machine, one sentence each. */
export function foreignNotes(foreign: readonly Foreign[], architecture: string): string[] {
  const told = foreign
    .slice(0, mostNotes)
    .map(({ path, problem }) => `${path} is ${problem}: the function is ${architecture} and can't use it`)
  const left = foreign.length - told.length
  return left > 0 ? [...told, `${left} more dependencies have binaries only for other machines`] : told
}

/** The next steps to get the right binaries. */
export function foreignNext(runtime: string, architecture: 'x86_64' | 'arm64'): NextStep {
  if (runtime.startsWith('python')) {
    const platform = `manylinux2014_${architecture === 'arm64' ? 'aarch64' : 'x86_64'}`
    return (config) =>
      `Install it for Lambda, with requirements: in ${config.name} or pip install --platform ${platform} --only-binary=:all: --python-version ${runtime.replace('python', '')}; or correct architecture: or runtime:.`
  }
  const cpu = architecture === 'arm64' ? 'arm64' : 'x64'
  return (config) =>
    `Install it for Lambda: rm -rf node_modules, then npm install --cpu=${cpu} --os=linux --libc=glibc; or correct architecture: in ${config.name}.`
}
