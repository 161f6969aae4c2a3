import { isLoopbackHost, sandboxPort } from '../../errors/loopback.ts'

/** The fields of a network error that are read. */
interface NetworkError {
  name?: string
  code?: string
  /** The host that was looked up. */
  hostname?: string
  address?: string
  port?: number
  /** For a name with several addresses: the error at each. */
  errors?: readonly NetworkError[]
}

const unreached = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'EADDRNOTAVAIL',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_PROXY_TUNNEL',
])
/** A certificate that isn't accepted, as from a proxy that reads the traffic, or on a machine with a wrong date. */
const ofCertificate =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|ERR_TLS_CERT|HOSTNAME_MISMATCH|CRL_)/
/** Codes for an answer that is not TLS, or not HTTP. */
const ofProtocol = /^(?:ERR_SSL|ERR_TLS|HPE_|ERR_HTTP)/

/** True if no answer came from the other side, or none that is HTTP. */
export function isFromNetwork({ name, code = '' }: NetworkError): boolean {
  return name === 'TimeoutError' || unreached.has(code) || ofCertificate.test(code) || ofProtocol.test(code)
}

/** Returns the next steps after a network error. */
export function nextOfNetwork(error: NetworkError): string[] {
  return error.code === 'ECONNREFUSED' ? nextOfRefusal(error) : [nextOf(error)]
}

function nextOf({ code = '', hostname }: NetworkError): string {
  if (code === 'ERR_PROXY_TUNNEL')
    return 'The proxy in HTTPS_PROXY did not let the call through: check its address, name and password, or name the host in NO_PROXY.'
  if (/EXPIRED|NOT_YET_VALID/.test(code))
    return "Check this machine's date and the endpoint: the certificate of the server that answers is not valid today."
  if (ofCertificate.test(code))
    return 'If your proxy decrypts the traffic, name its certificates in NODE_EXTRA_CA_CERTS; if there is no such proxy, another server answers in place of AWS.'
  if (ofProtocol.test(code) || code === 'EPROTO')
    return 'Check whether the endpoint is http or https, and whether a proxy answers in its place.'
  if (hostname !== undefined)
    return `Check the endpoint and the Region: the name ${hostname} was not found. Then run the command again.`
  return 'Check the endpoint and the network, then run the command again.'
}

function nextOfRefusal(error: NetworkError): string[] {
  const { address, port } = oneOf(error)
  const check = `Check the endpoint${placeOf(oneOf(error))} and the network, then run the command again.`
  if (address === undefined || !isLoopbackHost(address)) return [check]
  const flags = port === undefined || port === sandboxPort ? '' : ` --port ${port}`
  return [`Is the sandbox running? Start it: lambdactl sandbox start --detach${flags}`, check]
}

/** Returns the words for a refused connection; undefined for other errors. */
export function refusalWords(error: NetworkError): string | undefined {
  if (error.code !== 'ECONNREFUSED') return undefined
  const { address, port } = oneOf(error)
  if (address === undefined) return undefined
  return isLoopbackHost(address)
    ? `nothing listens at ${address}:${port}`
    : `${address}:${port} refused the connection`
}

/** A name such as localhost is tried at each of its addresses, and the last error has no address. */
function oneOf(error: NetworkError): NetworkError {
  const { errors = [] } = error
  return errors.find(({ address }) => address?.includes('.')) ?? errors[0] ?? error
}

function placeOf({ address, port }: NetworkError): string {
  if (address === undefined) return ''
  return ` (${address}${port === undefined ? '' : `:${port}`})`
}
