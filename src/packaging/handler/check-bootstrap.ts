import { LambdactlError } from '../../errors/error.ts'
import { lambdaTarget } from '../binaries/target.ts'
import type { Listing, PackageSource } from '../model/types.ts'
import { executableProblem } from './executable.ts'

/**
 * Refuses a package for a provided runtime if Lambda can't start its bootstrap; other runtimes need none.
 *
 * @throws LambdactlError PACKAGE_INVALID with the expected and the found file
 */
export async function checkBootstrap(
  { runtime, architecture = 'x86_64' }: Pick<PackageSource, 'runtime' | 'architecture'>,
  listing: Listing,
): Promise<void> {
  if (!runtime.startsWith('provided')) return
  const bootstrap = listing.files.find(({ path }) => path === 'bootstrap')
  if (bootstrap?.mode !== 0o755) throw noBootstrap(bootstrap ? 'one that is not executable' : 'none')
  const content = await listing.read('bootstrap')
  const problem = executableProblem(content, lambdaTarget(runtime, architecture))
  if (problem) throw notStartable(problem, architecture)
}

function noBootstrap(got: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `A provided runtime starts bootstrap: expected an executable file of that name at the top of the package, got ${got}.`,
    { next: ['Have build: make the file, or name its folder in source:.'] },
  )
}

function notStartable(got: string, architecture: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `Lambda can't start bootstrap: expected a Linux ELF for ${architecture} or a script that begins with #!, got ${got}.`,
    { next: [(config) => `Build it for linux/${architecture}, or correct architecture: in ${config.name}.`] },
  )
}
