import { type InstalledSdk, installSdk, sdkPackages } from '../../packaging/runtime-sdk/install-sdk.ts'
import { runtimeSdks } from '../../packaging/runtime-sdk/runtime-sdks.ts'
import type { RuntimeSdkFolders } from '../../sandbox/start.ts'
import { runCommand } from '../run/run-command.ts'

export const sdkLanguages = ['nodejs', 'python'] as const
export type SdkLanguage = (typeof sdkLanguages)[number]

/** Where handlers find the SDKs that were installed for them; the folders need not exist. */
export async function sdkFolders(): Promise<RuntimeSdkFolders> {
  const { nodejs, python } = runtimeSdks
  return {
    nodejs: await sdkPackages(nodejs, process.env),
    python: await sdkPackages(python, process.env),
  }
}

/**
 * Installs the SDK of a runtime for handlers in sandboxes.
 *
 * @param tell says what is installed, of which size, and where
 * @throws LambdactlError USAGE, PACKAGE_INVALID, INTERRUPTED
 */
export function installRuntimeSdk(
  language: SdkLanguage,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<InstalledSdk> {
  return installSdk(runtimeSdks[language], { runCommand, signal, variables: process.env, tell })
}
