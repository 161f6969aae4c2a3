import known from './runtime-sdk.json' with { type: 'json' }

// The list holds what each runtime is known to have, as its documentation and reports on it say, not as its image was read: the
// clients of the services that version 2 of the SDK knew at its last new service, in September 2024, without those that AWS
// gave up, and the packages that people use beside them. Lambda's own copies of all else in @aws-sdk and @smithy come and go
// with its updates. A package that is missing here is bundled, which always works. `givenUp` are the packages of version 3 that
// moved to @smithy in 2023, and version 2, which no runtime with version 3 has.

const runtimes: Readonly<Record<string, string>> = known.runtimes
const packages: Readonly<Record<string, readonly string[]>> = known.packages

/** The day of the list, as in 2026-11-27. */
export const listedOn = known.date

/** The packages that a runtime is known to have; none for a runtime that the list does not know. */
export function runtimePackages(runtime: string): readonly string[] {
  return packages[runtimes[runtime] ?? ''] ?? []
}

/** Whether a runtime is known to have the package of a module, as in `@aws-sdk/client-s3/package.json`. */
export function isInRuntime(runtime: string, module: string): boolean {
  return runtimePackages(runtime).includes(packageName(module))
}

/** Whether a runtime may have the package of a module of the AWS SDK, though it is not known to: that is no reason to refuse it. */
export function mayBeInRuntime(runtime: string, module: string): boolean {
  return runtimes[runtime] !== 'v2' && isOfSdk(module) && !known.givenUp.includes(packageName(module))
}

/** Whether a module is of the AWS SDK, which runtimes have in part. */
export function isOfSdk(module: string): boolean {
  return /^@(?:aws-sdk|smithy)\/|^aws-sdk(?:\/|$)/.test(module)
}

/** The name of the package that a module is of. */
export function packageName(module: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module
}
