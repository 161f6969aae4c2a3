/**
 * Options of an agent for https that goes through the proxy of HTTPS_PROXY, except to the hosts of NO_PROXY; small letters
 * count too. Plain http, as to a sandbox, goes to its host directly. Node before 22.21 and 24.5 ignores the option.
 */
export const throughProxy = { proxyEnv: process.env }
