/** The fields of a network error that are read. */
interface NetworkError {
  name?: string
  code?: string
  /** Of the host that was looked up. */
  hostname?: string
  address?: string
  port?: number
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
])
/** A certificate that isn't accepted, as a proxy that reads along has it, or a machine whose date is wrong. */
const ofCertificate =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|ERR_TLS_CERT|HOSTNAME_MISMATCH|CRL_)/
/** Codes for an answer that is not TLS, or not HTTP. */
const ofProtocol = /^(?:ERR_SSL|ERR_TLS|HPE_|ERR_HTTP)/

/** True where no answer came from the other side, or none that is HTTP. */
export function isFromNetwork({ name, code = '' }: NetworkError): boolean {
  return name === 'TimeoutError' || unreached.has(code) || ofCertificate.test(code) || ofProtocol.test(code)
}

/** Returns the next step after a network error. */
export function nextOfNetwork({ code = '', hostname, address, port }: NetworkError): string {
  if (/EXPIRED|NOT_YET_VALID/.test(code))
    return "Check this machine's date, and what answers there: its certificate is not valid today."
  if (ofCertificate.test(code))
    return 'Where a proxy of yours reads along, name its certificates in NODE_EXTRA_CA_CERTS; otherwise something else answers in place of AWS.'
  if (ofProtocol.test(code) || code === 'EPROTO')
    return 'Check whether the endpoint is http or https, and whether a proxy answers in its place.'
  if (hostname !== undefined)
    return `Check the endpoint and the Region: the name ${hostname} was not found. Then run the command again.`
  const where = address === undefined ? '' : ` (${address}${port === undefined ? '' : `:${port}`})`
  return `Check the endpoint${where} and the network, then run the command again; for the sandbox: \`lambdactl sandbox start\`.`
}
