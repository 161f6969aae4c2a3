/** The profile in the file of a sandbox's credentials; no user's profile has this name. */
export const sandboxProfile = 'lambdactl-sandbox'

/** The ending of such files; they lie beside the sandbox's key. */
export const credentialsEnding = '.credentials'

/** The credentials file beside a sandbox's key. */
export function credentialsFileOf(keyFile: string): string {
  return keyFile.replace(/\.json$/, credentialsEnding)
}

/** The key beside a sandbox's credentials file. */
export function keyFileOf(credentialsFile: string): string {
  return `${credentialsFile.slice(0, -credentialsEnding.length)}.json`
}
