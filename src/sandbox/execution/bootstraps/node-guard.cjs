// Preloaded into Node.js handlers, and so into their workers and forks: no connection leaves for AWS. The SDK's clients
// call the sandbox by AWS_ENDPOINT_URL; this stops a client whose code has an endpoint of its own.
const { Socket } = process.getBuiltinModule('node:net')

const ofAws = /(?:^|\.)(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws|on\.aws)\.?$/i
const { connect } = Socket.prototype

/** Node itself passes options in an array; others pass options, or a port and a host. */
function hostOf([first, second]) {
  const options = Array.isArray(first) ? first[0] : first
  if (typeof options === 'object' && options !== null) return options.host
  return typeof second === 'string' ? second : undefined
}

function refusal(host) {
  const message =
    `The sandbox lets no call of a function reach AWS, and refused a connection to ${host}. ` +
    '→ Give the client no endpoint of its own: AWS_ENDPOINT_URL in the environment names the sandbox.'
  return Object.assign(new Error(message), { name: 'SandboxRefusal', code: 'ERR_SANDBOX_REFUSAL' })
}

Socket.prototype.connect = function connectInside(...given) {
  const host = hostOf(given)
  if (typeof host !== 'string' || !ofAws.test(host)) return connect.apply(this, given)
  this.connecting = true
  process.nextTick(() => this.destroy(refusal(host)))
  return this
}
