/** The service name in the signature of requests about the sandbox itself; no AWS service has it. */
export const ownService = 'sandbox'
