/** A thing that only this machine lacks while a module is loaded: there are no credentials and no network. */
export type Lack = 'credentials' | 'network'

/** Error names of the AWS SDKs, and texts of other libraries. */
const credentials = [
  /\b(?:CredentialsProviderError|CredentialsError|TokenProviderError|NoCredentialsError|PartialCredentialsError|CredentialRetrievalError|NoAuthTokenError|ProfileNotFound|DefaultCredentialsError)\b/,
  /could not load (?:the )?(?:default )?credentials/i,
  /unable to (?:locate|load|find) (?:your )?(?:default )?credentials/i,
  /missing credentials in config/i,
  /credential (?:object )?is (?:missing|not valid)/i,
]

/** Error codes of Node, error names of Python's libraries, and texts. */
const network = [
  /\b(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONNREFUSED|ENETUNREACH|ENETDOWN|EHOSTUNREACH|ETIMEDOUT|ESOCKETTIMEDOUT|ECONNRESET|UND_ERR_\w+_TIMEOUT|UND_ERR_SOCKET)\b/,
  /\b(?:EndpointConnectionError|ConnectTimeoutError|NewConnectionError|NameResolutionError|ConnectionRefusedError|ConnectionResetError|gaierror|MaxRetriesPerRequestError)\b/,
  /\b\w*TimeoutError\b|\b(?:Connect|Read)Timeout\b/,
  /getaddrinfo (?:failed|E[A-Z_]+)/,
  /temporary failure in name resolution|name or service not known|nodename nor servname|network is unreachable|connection refused|\btimed out\b|socket hang up|could not translate host name/i,
]

/**
 * Finds in an error and its causes a thing that only this machine lacks. A library may wrap the error under its own
 * name; then its causes or its message tell.
 *
 * @param chain the error and all its causes, one line each: name, code and message
 */
export function lackIn(chain: readonly string[]): Lack | undefined {
  const says = (patterns: readonly RegExp[]) =>
    chain.some((line) => patterns.some((pattern) => pattern.test(line)))
  if (says(credentials)) return 'credentials'
  return says(network) ? 'network' : undefined
}

/** The reason why such a handler is not refused. */
export const lackWords: Record<Lack, string> = {
  credentials: 'since it calls AWS, and has no credentials here',
  network: 'since it uses the network, and may have none here',
}
