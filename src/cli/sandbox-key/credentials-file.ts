/** The profile in the file of a sandbox's credentials; nobody else names one so. */
export const sandboxProfile = 'lambdactl-sandbox'

/** How the names of such files end; they lie beside the sandbox's key. */
export const credentialsEnding = '.credentials'

/** The credentials file beside a sandbox's key. */
export function credentialsFileOf(keyFile: string): string {
  return keyFile.replace(/\.json$/, credentialsEnding)
}

/** The key beside a sandbox's credentials file. */
export function keyFileOf(credentialsFile: string): string {
  return `${credentialsFile.slice(0, -credentialsEnding.length)}.json`
}
