import type { defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Clock } from '../../ports/clock.ts'
import type { Endpoints, Service } from '../place/services.ts'
import { credentialChain } from './credential-chain.ts'
import type { Listeners } from './listeners.ts'
import { throughProxy } from './through-proxy.ts'
import { type TokenBucket, tokenBucket } from './token-bucket.ts'

/**
 * The place of AWS calls, and their credentials. The SDK's own chain (environment, profile, SSO) fills in undefined
 * values.
 */
export interface ConnectionOptions {
  region: string | undefined
  /** The endpoint of all services. */
  endpoint: string | undefined
  profile: string | undefined
  /** The endpoint of each service, if there is none for all; the SDK then looks for no other. */
  endpoints?: Endpoints
  /**
   * Returns the key of the sandbox at an endpoint: access key and secret key are the same. No other credentials are
   * looked for there.
   */
  accessKeyAt?: (endpoint: string | undefined) => string | undefined
  /**
   * Whether to use the credentials in the variables, such as a web identity's or a container's, and ignore profiles.
   */
  passesProfiles?: boolean
  /** Called before credentials are looked for; throws if they may not be. */
  beforeCredentials?: () => Promise<void>
  /** Keys that win over all other credentials except the sandbox's. */
  keys?: Keys | undefined
}

export interface Keys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  expiration?: Date
}

/** The configuration that every SDK client is made with. */
export interface ClientConfig {
  region?: string
  endpoint?: string
  profile?: string
  ignoreConfiguredEndpointUrls?: true
  credentialDefaultProvider: typeof defaultProvider
  credentials?: Keys
  requestHandler: {
    connectionTimeout: number
    socketTimeout: number
    throwOnRequestTimeout: true
    httpsAgent: typeof throughProxy
  }
  /** StartLiveTail and others prefix the host, which no custom endpoint resolves. */
  disableHostPrefix?: true
}

/** One connection: the clients' configuration and the account's quotas, shared by everything in this process. */
export interface Connection {
  clientFor(service: Service): ClientConfig
  /** Lambda's control plane without GetFunction and GetPolicy: 15 calls a second for the account. */
  lambdaControl: TokenBucket
  /** GetPolicy: 15 calls a second of its own. */
  policyReads: TokenBucket
  /** FilterLogEvents: 10 calls a second for the account in most Regions, of which other people need some. */
  logReads: TokenBucket
  /** DescribeAlarms: 9 calls a second for the account, of which other people need some. */
  alarmReads: TokenBucket
  /** PutMetricAlarm, DeleteAlarms and SetAlarmState: 3 calls a second each for the account. */
  alarmChanges: TokenBucket
  /** GetMetricData: 500 calls a second for the account, but few queries of many hours reach its limit of data points. */
  metricReads: TokenBucket
  listeners: Partial<Listeners>
  /** Whether anything has answered yet; before that nobody knows whether the endpoint exists. */
  contact: { isMade: boolean }
}

/** A host that does not answer must not delay a rollback: time to connect, and silence on a connection; ms. */
const timeouts = { connectionTimeout: 5000, socketTimeout: 20_000, throwOnRequestTimeout: true as const }

export function connection(
  options: ConnectionOptions,
  clock: Clock,
  listeners: Partial<Listeners> = {},
): Connection {
  const clientFor = (service: Service) => clientConfig(options, service, listeners)
  return {
    clientFor,
    lambdaControl: tokenBucket(15, clock),
    policyReads: tokenBucket(15, clock),
    logReads: tokenBucket(8, clock),
    alarmReads: tokenBucket(7, clock),
    alarmChanges: tokenBucket(2, clock),
    metricReads: tokenBucket(10, clock),
    listeners,
    contact: { isMade: false },
  }
}

function clientConfig(
  {
    region,
    profile,
    keys,
    endpoints,
    accessKeyAt,
    passesProfiles = false,
    beforeCredentials,
    ...options
  }: ConnectionOptions,
  service: Service,
  listeners: Partial<Listeners>,
): ClientConfig {
  const endpoint = options.endpoint ?? endpoints?.[service]
  const accessKey = accessKeyAt?.(endpoint)
  const credentials = accessKey === undefined ? keys : { accessKeyId: accessKey, secretAccessKey: accessKey }
  return {
    requestHandler: { ...timeouts, httpsAgent: throughProxy },
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint, disableHostPrefix: true as const }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpoints ? { ignoreConfiguredEndpointUrls: true as const } : {}),
    credentialDefaultProvider: credentialChain({ ...listeners, passesProfiles, endpoint, beforeCredentials }),
    ...(credentials === undefined ? {} : { credentials }),
  }
}
