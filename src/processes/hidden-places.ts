import { realpathSync, statSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { delimiter, isAbsolute, join, sep } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/** The places below the home folder where a user's tools keep credentials. */
const inHome = [
  '.aws',
  '.azure',
  '.bash_history',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.config/containers',
  '.config/gcloud',
  '.config/gh',
  '.config/hub',
  '.config/op',
  '.config/rclone',
  '.docker',
  '.gem/credentials',
  '.git-credentials',
  '.gnupg',
  '.gradle/gradle.properties',
  '.kube',
  '.local/share/keyrings',
  '.local/share/lambdactl',
  '.local/state/lambdactl',
  '.m2/settings.xml',
  '.my.cnf',
  '.mylogin.cnf',
  '.netrc',
  '.npmrc',
  '.oci',
  '.password-store',
  '.pgpass',
  '.pypirc',
  '.ssh',
  '.terraform.d',
  '.vault-token',
  '.yarnrc.yml',
  '.zsh_history',
]

/** Variables that name such places, and sockets that give access to the user's rights. */
const named = [
  'AWS_CONFIG_FILE',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AZURE_CONFIG_DIR',
  'CLOUDSDK_CONFIG',
  'DOCKER_CONFIG',
  'GNUPGHOME',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'KUBECONFIG',
  'NETRC',
  'NPM_CONFIG_USERCONFIG',
  'PGPASSFILE',
  'SSH_AUTH_SOCK',
  'XDG_RUNTIME_DIR',
]

/**
 * The files and folders that a handler must not find, by their real paths.
 *
 * @param needed paths that the program has to reach: a place around one of them stays visible
 */
export function hiddenPlaces(variables: Variables, needed: readonly string[]): string[] {
  const homes = new Set([homedir, () => userInfo().homedir].flatMap(ifKnown))
  // lambdactl's own places: the keys of sandboxes, and the user's trust decisions.
  const own = ['XDG_STATE_HOME', 'XDG_DATA_HOME'].flatMap((name) => variables[name] || [])
  const candidates = [
    ...[...homes].flatMap((home) => inHome.map((place) => join(home, place))),
    ...named.flatMap((name) => (variables[name] ?? '').split(delimiter)),
    ...own.map((folder) => join(folder, 'lambdactl')),
  ]
  const needs = needed.map((path) => realPath(path) ?? path)
  const found = candidates.filter((path) => isAbsolute(path)).flatMap(hideable)
  const places = [...new Set(found)].filter((place) => !needs.some((path) => isIn(place, path)))
  return places.filter((place) => !places.some((other) => other !== place && isIn(other, place)))
}

/** In a container the system may not know the user. */
function ifKnown(home: () => string): string[] {
  try {
    return [home()]
  } catch {
    return []
  }
}

/** Tells whether a path is a place or lies below it. */
export function isIn(place: string, path: string): boolean {
  return path === place || path.startsWith(place + sep)
}

/**
 * The real path of an existing file or folder; none for devices such as /dev/null, which have no secrets, and for paths
 * that can't be read.
 */
function hideable(path: string): string[] {
  const real = realPath(path)
  if (real === undefined) return []
  const found = statSync(real, { throwIfNoEntry: false })
  return found?.isFile() || found?.isDirectory() || found?.isSocket() ? [real] : []
}

/** Undefined for a path that can't be read. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
