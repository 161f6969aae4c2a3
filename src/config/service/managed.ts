import type { Manages } from '../function/manages.ts'
import { own } from './own.ts'

interface Managed {
  readonly manages?: Manages | undefined
}

/** The parts of a file that say who manages a function. */
export interface ManagedFile {
  readonly defaults?: Managed | undefined
  readonly functions: Readonly<Record<string, Managed>>
  readonly environments: Readonly<
    Record<
      string,
      Managed & {
        /** False for a function that is not in the environment, until the file is read. */
        readonly functions?: Readonly<Record<string, Managed | false>> | undefined
        readonly absent?: readonly string[]
      }
    >
  >
}

/** Returns lambdactl's part of a function: the function says it in the environment, or the environment for all, or the function. */
export function managedIn(
  { defaults, functions, environments }: ManagedFile,
  environment: string,
  name: string,
): Manages {
  const here = own(environments, environment)
  const override = own(here?.functions ?? {}, name) || undefined
  return (
    override?.manages ?? here?.manages ?? own(functions, name)?.manages ?? defaults?.manages ?? 'function'
  )
}

/** Tells whether lambdactl changes only the code of a function, in all environments of the file. */
export function isCodeEverywhere(file: ManagedFile, name: string): boolean {
  const environments = Object.keys(file.environments).filter((each) => !isAbsent(file, each, name))
  return environments.length > 0 && environments.every((each) => managedIn(file, each, name) === 'code')
}

/** Tells whether a function of the file is not in an environment. */
export function isAbsent(
  { environments }: Pick<ManagedFile, 'environments'>,
  environment: string,
  name: string,
): boolean {
  const { functions = {}, absent = [] } = own(environments, environment) ?? {}
  return absent.includes(name) || own(functions, name) === false
}
