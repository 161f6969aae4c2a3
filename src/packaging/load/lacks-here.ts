/** A thing that a module may ask for as it is loaded, and that only this machine lacks: it has no credentials, and no network. */
export type Lack = 'credentials' | 'network'

/** By the names that the AWS SDKs have for it, and by what they and others say. */
const credentials = [
  /\b(?:CredentialsProviderError|CredentialsError|TokenProviderError|NoCredentialsError|PartialCredentialsError|CredentialRetrievalError|NoAuthTokenError|ProfileNotFound|DefaultCredentialsError)\b/,
  /could not load (?:the )?(?:default )?credentials/i,
  /unable to (?:locate|load|find) (?:your )?(?:default )?credentials/i,
  /missing credentials in config/i,
  /credential (?:object )?is (?:missing|not valid)/i,
]

/** By the codes of Node, by the names of Python's libraries, and by what they say. */
const network = [
  /\b(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONNREFUSED|ENETUNREACH|ENETDOWN|EHOSTUNREACH|ETIMEDOUT|ESOCKETTIMEDOUT|ECONNRESET|UND_ERR_\w+_TIMEOUT|UND_ERR_SOCKET)\b/,
  /\b(?:EndpointConnectionError|ConnectTimeoutError|NewConnectionError|NameResolutionError|ConnectionRefusedError|ConnectionResetError|gaierror|MaxRetriesPerRequestError)\b/,
  /\b\w*TimeoutError\b|\b(?:Connect|Read)Timeout\b/,
  /getaddrinfo (?:failed|E[A-Z_]+)/,
  /temporary failure in name resolution|name or service not known|nodename nor servname|network is unreachable|connection refused|\btimed out\b|socket hang up|could not translate host name/i,
]

/**
 * Finds in an error, or in one that it comes from, that only this machine lacks something. A library's own error may have a name
 * of its own: then its causes tell, or its message.
 *
 * @param chain of the error and all that it comes from, a line each: name, code and message
 */
export function lackIn(chain: readonly string[]): Lack | undefined {
  const says = (patterns: readonly RegExp[]) =>
    chain.some((line) => patterns.some((pattern) => pattern.test(line)))
  if (says(credentials)) return 'credentials'
  return says(network) ? 'network' : undefined
}

/** Why a handler that asked for it as it was loaded is not refused. */
export const lackWords: Record<Lack, string> = {
  credentials: 'since it asks AWS for something, and has no credentials here',
  network: 'since it calls something over the network, which it may not have here',
}
