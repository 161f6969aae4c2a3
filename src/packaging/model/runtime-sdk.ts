import known from './runtime-sdk.json' with { type: 'json' }

// The list holds the packages that each runtime is known to have. Its source is the runtimes' documentation and reports
// about them, not their images. It has the clients of the services that version 2 of the SDK knew at its last new
// service, in September 2024, without those that AWS gave up, and the packages that people use with them. All other
// copies in @aws-sdk and @smithy come and go with Lambda's updates. A package that the list lacks is bundled, which
// always works. `givenUp` are packages of version 3 that moved to @smithy in 2023, and version 2, which no runtime with
// version 3 has.

const runtimes: Readonly<Record<string, string>> = known.runtimes
const packages: Readonly<Record<string, readonly string[]>> = known.packages

/** The day of the list, as in 2026-11-27. */
export const listedOn = known.date

/** The packages that a runtime is known to have; empty for an unknown runtime. */
export function runtimePackages(runtime: string): readonly string[] {
  return packages[runtimes[runtime] ?? ''] ?? []
}

/** Whether a runtime is known to have the package of a module, as in `@aws-sdk/client-s3/package.json`. */
export function isInRuntime(runtime: string, module: string): boolean {
  return runtimePackages(runtime).includes(packageName(module))
}

/**
 * Tells whether a runtime may have an SDK module's package that the list lacks. Such a module is no reason to refuse a
 * package.
 */
export function mayBeInRuntime(runtime: string, module: string): boolean {
  return runtimes[runtime] !== 'v2' && isOfSdk(module) && !known.givenUp.includes(packageName(module))
}

/** Tells whether a module belongs to the AWS SDK; runtimes have a part of it. */
export function isOfSdk(module: string): boolean {
  return /^@(?:aws-sdk|smithy)\/|^aws-sdk(?:\/|$)/.test(module)
}

/** The name of the package that a module belongs to. */
export function packageName(module: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module
}
