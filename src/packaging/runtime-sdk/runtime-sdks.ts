import { createHash } from 'node:crypto'
import { join } from 'node:path'
import nodeLock from './nodejs-lock.json' with { type: 'json' }
import pythonLock from './python-lock.json' with { type: 'json' }

// scripts/runtime-sdk.ts writes the locks. An npm lock without addresses leaves the registry to the user's settings.

/** A runtime's AWS SDK at fixed versions, and the program that installs it. */
export interface RuntimeSdk {
  readonly language: 'nodejs' | 'python'
  /** As a person reads it, with the space that it takes. */
  readonly name: string
  /** The files that the program reads, by name. */
  readonly files: Readonly<Record<string, string>>
  /** The program and its arguments; it runs in the folder of the files, and checks each package's hash. */
  readonly command: readonly string[]
  /** The folder of the packages, below that of the files. */
  readonly packages: string
}

/** npm runs no script of a package. */
export function nodeSdk(lock: { packages: { '': object } }, name: string): RuntimeSdk {
  const asked = ['--prefix', '.', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund']
  return {
    language: 'nodejs',
    name,
    files: { 'package.json': JSON.stringify(lock.packages['']), 'package-lock.json': JSON.stringify(lock) },
    command: ['npm', 'ci', '--loglevel=error', ...asked],
    packages: 'node_modules',
  }
}

/** Only wheels are installed, since pip runs code of a package to build one. */
export function pythonSdk(
  lock: Readonly<Record<string, { version: string; sha256: string }>>,
  name: string,
): RuntimeSdk {
  const lines = Object.entries(lock).map(
    ([each, { version, sha256 }]) => `${each}==${version} --hash=sha256:${sha256}`,
  )
  const quiet = ['--quiet', '--no-input', '--disable-pip-version-check', '--root-user-action=ignore']
  const pinned = ['--require-hashes', '--no-deps', '--only-binary', ':all:']
  const command = ['python3', '-m', 'pip', 'install', ...quiet, ...pinned]
  return {
    language: 'python',
    name,
    files: { 'requirements.txt': `${lines.join('\n')}\n` },
    command: [...command, '--target', 'packages', '--requirement', 'requirements.txt'],
    packages: 'packages',
  }
}

/** The SDKs that lambdactl installs on request; the sizes were measured. */
export const runtimeSdks: Readonly<Record<RuntimeSdk['language'], RuntimeSdk>> = {
  nodejs: nodeSdk(nodeLock, 'the AWS SDK for Node.js (35 packages and what they need, 98 MB)'),
  python: pythonSdk(pythonLock, `boto3 ${pythonLock.boto3.version} (36 MB)`),
}

/** The SDK's own folder within that of all; other versions have other ones. */
export function folderIn(cache: string, { language, files }: RuntimeSdk): string {
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex')
  return join(cache, `${language}-${digest.slice(0, 16)}`)
}
