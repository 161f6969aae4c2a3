/** The values that a flag or an argument takes, apart from those that the manifest lists. */
export type Kind =
  | 'functions'
  | 'environments'
  | 'versions'
  | 'releases'
  | 'profiles'
  | 'regions'
  | 'commands'
  | 'files'
  | 'folders'

const flagKinds: Readonly<Record<string, Kind>> = {
  env: 'environments',
  'from-env': 'environments',
  version: 'versions',
  to: 'versions',
  release: 'releases',
  profile: 'profiles',
  region: 'regions',
}

/** By the word that help shows for the value. */
const valueKinds: Readonly<Record<string, Kind>> = {
  FILE: 'files',
  'JSON|FILE|-': 'files',
  'FUNCTION|PATH': 'files',
  DIR: 'folders',
}

const argKinds: Readonly<Record<string, Kind>> = {
  function: 'functions',
  version: 'versions',
  from: 'versions',
  to: 'versions',
  release: 'releases',
  command: 'commands',
  directory: 'folders',
}

/** The kind of a flag's values; undefined for a text of the user's own. */
export function kindOfFlag({ name, helpValue = '' }: { name: string; helpValue?: string }): Kind | undefined {
  return flagKinds[name] ?? valueKinds[helpValue]
}

/** The kind of an argument's values; undefined for a text of the user's own. */
export function kindOfArg({ name }: { name: string }): Kind | undefined {
  return argKinds[name]
}
